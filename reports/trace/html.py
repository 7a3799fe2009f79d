"""trace.html: traceability on one page that needs nothing else, neither script nor network."""

from harness.catalogue.verdicts import Verdict
from harness.contract.texts import one_line
from harness.languages.choice import JAPANESE
from harness.record.trace import NOT_RUN, TracedSection
from harness.record.values import Run
from reports import facts
from reports.languages import words
from reports.templates import render

FILE_NAME = "trace.html"
_TEMPLATE = "trace/trace.html.jinja"
_TEXT = 300
_KINDS = {Verdict.PASS: "good", Verdict.FAIL: "bad", Verdict.KNOWN: "bad", Verdict.INCONCLUSIVE: "unclear"}


def trace_html(run: Run, found: tuple[TracedSection, ...], language: str = JAPANESE) -> bytes:
    """The page, UTF-8; everything in it is escaped."""
    distinct = {t.requirement.id: t for section in found for t in section.requirements}.values()
    filters = {
        "fit": lambda text: one_line(str(text), _TEXT),
        "organisation": facts.organisation,
        "day": facts.day,
        "suite": facts.suite,
        "kind": lambda verdict: _KINDS.get(verdict, "none"),
    }
    return render(
        _TEMPLATE,
        filters,
        **words(language, FILE_NAME),
        run=run,
        sections=found,
        not_run=NOT_RUN,
        total=len(distinct),
        executed=sum(bool(t.scenarios) for t in distinct),
        passed=sum(t.verdict == Verdict.PASS for t in distinct),
        without=[s.section for s in found if s.section.states and not s.requirements],
    )
