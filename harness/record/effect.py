"""What the linkage saves, a use case, and the two sides of each pair: counted from the messages that were taken."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass
from datetime import date

from harness.contract.items import informations, parted
from harness.contract.journal_entries import Said
from harness.contract.messages import Kind
from harness.contract.use_cases import use_cases
from harness.record.fields import mapping, text
from harness.record.values import Run, ScenarioRun

PAIR_TAG = "対比:"  # scenarios that stand side by side
REGIME = "制度"  # the column of an outline that tells the sides of a pair apart
APPLIED, DECIDED = "申請日", "決定日"  # the columns of the clock of a side
_TAKEN = 202
_PORTAL = "/v1/own-information"
# How the step begins in which an office looks at a paper: one that the resident brings, or one that came by mail. One of a name
# is one paper, of whomever it tells.
_PAPER = re.compile(r"本人の\w+?(?:により、|を )|届いた\w+により、")
_ACT, _AND = "もし", "かつ"


@dataclass(frozen=True)
class Effect:
    """Counts over answered enquiries. documents: papers that residents need not bring; disclosed, available: items that
    were given, and items that the informations have; papers: those still brought; messages: all that were taken about the
    people of the scenario."""

    documents: int = 0
    papers: int = 0
    enquiries: int = 0
    notices: int = 0
    messages: int = 0
    disclosed: int = 0
    available: int = 0

    def __add__(self, other: "Effect") -> "Effect":
        """Both together."""
        return Effect(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))

    @property
    def ratio(self) -> float | None:
        """必要最小限: the share of the items that was given, None where nothing was asked."""
        return self.disclosed / self.available if self.available else None


@dataclass(frozen=True)
class Side:
    """One side of a pair: the regime, what came of it, and its effect. days: from application to decision by the clock of the
    scenario, None where it tells none; acts: what residents and staff do for it (both own)."""

    regime: str
    decided: str
    scenario: ScenarioRun
    effect: Effect
    days: int | None = None
    acts: int = 0


@dataclass(frozen=True)
class Saved:
    """By how much the last side of a pair is less than the first: papers looked at, days, acts. Negative where it is more."""

    papers: int
    days: int
    acts: int


@dataclass(frozen=True)
class Pair:
    """Scenarios under one tag 対比:NAME, side by side."""

    name: str
    use_case: str
    sides: tuple[Side, ...]

    @property
    def saved(self) -> Saved | None:
        """None unless both sides ran and tell their days."""
        first, last = self.sides[0], self.sides[-1]
        if first is last or first.days is None or last.days is None:
            return None
        papers = first.effect.papers - last.effect.papers
        return Saved(papers, first.days - last.days, first.acts - last.acts)


def effects(run: Run) -> tuple[tuple[str, Effect], ...]:
    """A use case that ran → its effect, in the order of the document."""
    return tuple(
        (name, effect)
        for name in use_cases()
        if (effect := _sum(s for s in run.scenarios if s.scenario.use_case == name)) != Effect()
    )


def pairs(run: Run) -> tuple[Pair, ...]:
    """Every pair of which a side ran, in the order of the features."""
    found: dict[str, list[ScenarioRun]] = {}
    for scenario in run.scenarios:
        for tag in scenario.scenario.tags:
            if tag.startswith(PAIR_TAG):
                found.setdefault(tag.removeprefix(PAIR_TAG), []).append(scenario)
    return tuple(
        Pair(name, sides[0].scenario.use_case, tuple(map(_side, sides))) for name, sides in found.items()
    )


def effect_of(scenario: ScenarioRun) -> Effect:
    """Of one scenario: what the network took of it."""
    papers = len({found[0] for step in scenario.steps if (found := _PAPER.match(step.text))})
    looked_up = (_looked_up(exchange.entry) for exchange in scenario.south)
    return sum((*(_of(e) for e in _taken(scenario)), *looked_up), Effect(papers=papers))


def _sum(scenarios: Iterable[ScenarioRun]) -> Effect:
    return sum((effect_of(scenario) for scenario in scenarios), Effect())


def _side(scenario: ScenarioRun) -> Side:
    example = dict(scenario.scenario.example)
    decided = "　".join(example[name] for name in ("判断", "月額", "金額") if name in example)
    regime = example.get(REGIME) or scenario.scenario.name
    return Side(regime, decided, scenario, effect_of(scenario), _days(example), _acts(scenario))


def _days(example: Mapping[str, str]) -> int | None:
    """Of what the record says nothing is believed: days that are none are not told."""
    try:
        applied, decided = (date.fromisoformat(example[name]) for name in (APPLIED, DECIDED))
    except (KeyError, ValueError):
        return None
    return (decided - applied).days


def _acts(scenario: ScenarioRun) -> int:
    """Steps of もし, with those that かつ joins to them."""
    acting, count = False, 0
    for step in scenario.steps:
        acting = step.keyword == _ACT or (acting and step.keyword == _AND)
        count += acting
    return count


def _of(exchange: Said) -> Effect:
    header, content = mapping(exchange.get("header")), mapping(exchange.get("content"))
    known = informations().get(text(header.get("information")))
    match header.get("kind"):
        case Kind.ENQUIRY:
            return Effect(messages=1, enquiries=1)
        case Kind.NOTICE:
            return Effect(messages=1, notices=1)
        case Kind.ANSWER if known is not None:
            given = {parted(name)[0] for name in mapping(content.get("items"))}  # each once, however often
            further = given & {item.name for item in known.further_items}
            available = len(known.items) + len(further)
            return Effect(messages=1, documents=1, disclosed=len(given), available=available)
    return Effect(messages=1)


def _looked_up(exchange: Said) -> Effect:
    """A resident's look at the portal saves the certificate that an office would have printed."""
    if (exchange.get("path"), exchange.get("status")) != (_PORTAL, 200):
        return Effect()
    response = mapping(exchange.get("response"))
    known = informations().get(text(response.get("information")))
    given = len(mapping(response.get("items")))
    return (
        Effect(documents=1, enquiries=1, disclosed=given, available=len(known.items)) if known else Effect()
    )


def _taken(scenario: ScenarioRun) -> Iterator[Said]:
    """About the people of the scenario alone: an enquiry behind which something late would show is no part of the affair."""
    for exchange in scenario.north:
        if exchange.person in scenario.outcome.persons and (entry := exchange.entry).get("status") == _TAKEN:
            yield entry
