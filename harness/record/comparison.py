"""Two runs beside each other: what changed, what is no longer executed, and whether it was the same test."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from statistics import median

from harness.catalogue.verdicts import Verdict
from harness.record.conclusion import assess
from harness.record.effect import effect_of
from harness.record.values import Meta, Run, ScenarioRun

_JUDGED = frozenset({Verdict.PASS, Verdict.FAIL, Verdict.KNOWN})


@dataclass(frozen=True)
class Change:
    """A requirement whose verdict differs; "" for the run in which it was not asked for."""

    id: str
    before: str
    after: str


@dataclass(frozen=True)
class Hashes:
    """Was it the same test? suite: what was asked; environment: of which gateway, under which declaration and versions;
    run: with which residents. Equal hashes mean equal conditions; "" where a journal does not say."""

    suite: str
    environment: str
    run: str


@dataclass(frozen=True)
class Comparison:
    """Run A beside run B. lost: scenarios that A judged and B did not; seconds: median of a check; disclosed: items."""

    hashes: tuple[Hashes, Hashes]
    changes: tuple[Change, ...]
    lost: tuple[str, ...]
    gained: tuple[str, ...]
    seconds: tuple[float, float]
    disclosed: tuple[int, int]

    @property
    def worse(self) -> tuple[Change, ...]:
        """Requirements that were met and no longer are."""
        return tuple(c for c in self.changes if c.before == Verdict.PASS and c.after != Verdict.PASS)

    @property
    def holds(self) -> bool:
        """Nothing that was met is unmet, nothing that was executed is left out."""
        return not self.worse and not self.lost


def compare(before: Run, after: Run) -> Comparison:
    """B as it differs from A."""
    judged = tuple({s.scenario.id for s in run.scenarios if _is_judged(s)} for run in (before, after))
    return Comparison(
        hashes=(hashes(before.meta), hashes(after.meta)),
        changes=tuple(_changes(_verdicts(before), _verdicts(after))),
        lost=tuple(sorted(judged[0] - judged[1])),
        gained=tuple(sorted(judged[1] - judged[0])),
        seconds=(_seconds(before), _seconds(after)),
        disclosed=(_disclosed(before), _disclosed(after)),
    )


def hashes(meta: Meta) -> Hashes:
    """The three hashes of a run."""
    environment = [
        meta.gateway,
        meta.organisation,
        meta.product,
        meta.versions,
        meta.law,
        meta.declares,
        meta.contract,
    ]
    return Hashes(meta.suite, _hash(environment), _hash([meta.seed, meta.brief, sorted(meta.selected)]))


def _is_judged(scenario: ScenarioRun) -> bool:
    return scenario.outcome.verdict in _JUDGED


def _verdicts(run: Run) -> Mapping[str, str]:
    return {r.requirement.id: r.verdict.value for r in assess(run).results}


def _changes(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Change]:
    for id_ in dict.fromkeys((*before, *after)):
        one, other = before.get(id_, ""), after.get(id_, "")
        if one != other:
            yield Change(id_, one, other)


def _seconds(run: Run) -> float:
    return median([s.outcome.seconds for s in run.scenarios] or [0.0])


def _disclosed(run: Run) -> int:
    return sum(effect_of(s).disclosed for s in run.scenarios)


def _hash(value: object) -> str:
    raw = json.dumps(value, ensure_ascii=True, sort_keys=True)
    return hashlib.sha256(raw.encode()).hexdigest()
