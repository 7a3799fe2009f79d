"""trace.html: traceability on one page that needs nothing else, neither script nor network."""

from importlib.resources import files

from jinja2 import Environment, StrictUndefined

from harness.spec.texts import one_line
from harness.spec.verdicts import Verdict
from reports.trace import NOT_RUN, TracedSection
from reports.values import Run

FILE_NAME = "trace.html"
_TEMPLATE = "trace.html.jinja"
_TEXT = 300
_KINDS = {Verdict.PASS: "good", Verdict.FAIL: "bad", Verdict.KNOWN: "bad", Verdict.INCONCLUSIVE: "unclear"}


def trace_html(run: Run, found: tuple[TracedSection, ...]) -> bytes:
    """The page, UTF-8; everything in it is escaped."""
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["fit"] = lambda text: one_line(str(text), _TEXT)
    environment.filters["kind"] = lambda verdict: _KINDS.get(verdict, "none")
    template = environment.from_string((files("reports") / _TEMPLATE).read_text(encoding="utf-8"))
    distinct = {t.requirement.id: t for section in found for t in section.requirements}.values()
    page = template.render(
        run=run,
        sections=found,
        not_run=NOT_RUN,
        total=len(distinct),
        executed=sum(bool(t.scenarios) for t in distinct),
        passed=sum(t.verdict == Verdict.PASS for t in distinct),
        without=[s.section for s in found if s.section.states and not s.requirements],
    )
    return page.encode()
