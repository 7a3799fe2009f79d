"""What the model said of a run, as its record keeps it: occasions of rules, violations and what follows from them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final, TypeGuard

from harness.contract.journal_entries import Said
from harness.contract.versions import VERSIONS
from harness.model.rules import Rule, rules
from harness.model.violation import Violation
from harness.record.fields import mapping, rows, text, texts

UNSEEN: Final = 0.05  # how likely it is that a fault of the rate that is told was not met once


@dataclass(frozen=True)
class Judged:
    """Of one record. `rules`: rule → alternative → how often it could have been broken; `kinds`: kind of exchange → how many;
    `violations` in the order of time."""

    rules: Mapping[str, Mapping[str, int]]
    kinds: Mapping[str, int]
    violations: tuple[Violation, ...] = ()
    consequences: tuple[Violation, ...] = ()

    def following(self, rule: str) -> tuple[Violation, ...]:
        """What follows from the breach of this rule."""
        return tuple(c for c in self.consequences if rule and c.cause == rule)


@dataclass(frozen=True)
class Covered:
    """A rule, how many occasions a run gave to break it, the alternatives that it gave none for, and whether it was broken."""

    rule: Rule
    occasions: int
    untried: tuple[str, ...]
    broken: bool = False

    @property
    def rate(self) -> float | None:
        """The fault rate that would have been seen with 95%; None where there was no occasion, or a fault."""
        return None if self.broken else seen_rate(self.occasions)


def seen_rate(count: int) -> float | None:
    """Of so many occasions without a fault: which rate of faults would have shown in one of them with 95%."""
    return 1 - UNSEEN ** (1 / count) if count > 0 else None


def judged(entry: Said) -> Judged:
    """Of an `occasions` entry, believing none of its members."""
    return Judged(
        {name: _counts(alternatives) for name, alternatives in mapping(entry.get("rules")).items()},
        _counts(entry.get("kinds")),
        tuple(_violation(row) for row in rows(entry.get("violations"))),
        tuple(_violation(row) for row in rows(entry.get("consequences"))),
    )


def coverage(found: Judged, contract: str, declares: Mapping[str, tuple[str, ...]]) -> tuple[Covered, ...]:
    """Every rule that a gateway which declares this under this version of the contract can be given an occasion to break."""
    broken = {violation.rule for violation in (*found.violations, *found.consequences)}
    declared = {f"{list_}:{name}" for list_, names in declares.items() for name in names}
    declared |= {f"contract:{version}" for version in VERSIONS if version <= contract}
    holding = (rule for rule in rules().values() if rule.contract <= contract)
    return tuple(
        _covered(rule, alternatives, found.rules.get(rule.id, {}), broken)
        for rule in holding
        if (alternatives := rule.open_to(declared))
    )


def _covered(
    rule: Rule, alternatives: tuple[str, ...], counts: Mapping[str, int], broken: Collection[str]
) -> Covered:
    untried = tuple(name for name in alternatives if not counts.get(name))
    return Covered(rule, sum(counts.values()), untried, rule.id in broken)


def _counts(value: object) -> dict[str, int]:
    return {name: count for name, count in mapping(value).items() if _is_count(count)}


def _is_count(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _violation(row: Said) -> Violation:
    count = row.get("count")
    return Violation(
        text(row.get("requirement")),
        text(row.get("code")),
        text(row.get("observed")),
        text(row.get("expected")),
        text(row.get("where")),
        text(row.get("scenario")),
        text(row.get("rule")),
        text(row.get("cause")),
        count if _is_count(count) else 1,
        texts(row.get("scenarios")),
    )
