"""effect.html: what each use case saves, and the pairs side by side, on one page that needs nothing else."""

from importlib.resources import files

from jinja2 import Environment, StrictUndefined

from harness.spec.texts import one_line
from harness.spec.verdicts import Verdict
from reports.effect import effects, pairs
from reports.values import Run

FILE_NAME = "effect.html"
_TEMPLATE = "effect.html.jinja"
_TEXT = 300
_KINDS = {Verdict.PASS: "good", Verdict.FAIL: "bad", Verdict.KNOWN: "bad", Verdict.INCONCLUSIVE: "unclear"}


def effect_html(run: Run) -> bytes:
    """The page, UTF-8; everything in it is escaped."""
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["fit"] = lambda text: one_line(str(text), _TEXT)
    environment.filters["kind"] = lambda verdict: _KINDS.get(verdict, "none")
    environment.filters["share"] = lambda ratio: "-" if ratio is None else f"{ratio:.0%}"
    template = environment.from_string((files("reports") / _TEMPLATE).read_text(encoding="utf-8"))
    return template.render(run=run, effects=effects(run), pairs=pairs(run)).encode()
