"""What broke a rule by itself, and what only followed from it: each said once, with how often it was seen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from harness.model.cases import OTHERS_DATA, Breach
from harness.model.rules import Rule
from harness.model.violation import Violation

# Whatever went before: that somebody may see another's data is said for itself.
_NEVER_FOLLOWS: Final = frozenset({"LEAK", OTHERS_DATA})


def blamed(
    broken: Iterable[tuple[Rule, Breach]],
) -> tuple[tuple[Violation, ...], tuple[Violation, ...]]:
    """Violations, each the first of its requirement, in the order of time, and what follows. What comes later about the same
    message, correlation, subject or session follows from what came first; of what shows in the same moment the gravest is first."""
    trial = _Trial()
    for rule, breach in sorted(broken, key=lambda pair: (pair[1].moment, not _grave(*pair))):
        trial.hear(rule, breach)
    return trial.verdict()


@dataclass
class _Count:
    """One rule broken, for one reason, as often as it was."""

    rule: Rule
    first: Breach
    cause: str
    count: int = 0
    scenarios: dict[str, None] = field(default_factory=dict)

    def add(self, breach: Breach) -> None:
        self.count += 1
        if breach.scenario:
            self.scenarios[breach.scenario] = None

    def violation(self) -> Violation:
        rule, first = self.rule, self.first
        return Violation(
            rule.requirement,
            first.code or rule.code,
            f"{first.observed}（{rule.see}「{rule.ja}」）",
            first.expected,
            first.where,
            first.scenario,
            rule.id,
            self.cause,
            self.count,
            tuple(self.scenarios),
        )


@dataclass
class _Trial:
    """`roots`: by requirement; `concerned`: what each of them was about → its rule."""

    roots: dict[str, _Count] = field(default_factory=dict)
    followed: dict[tuple[str, str], _Count] = field(default_factory=dict)
    concerned: dict[str, str] = field(default_factory=dict)

    def hear(self, rule: Rule, breach: Breach) -> None:
        """A rule that was broken for itself once is counted there: it needs no other reason."""
        root = self.roots.get(rule.requirement)
        cause = "" if _grave(rule, breach) else self._cause(breach.about)
        if root and root.rule.id == rule.id:
            root.add(breach)
            cause = rule.id
        elif root or cause:
            cause = cause or (root.rule.id if root else "")
            self.followed.setdefault((rule.id, cause), _Count(rule, breach, cause)).add(breach)
        else:
            self.roots[rule.requirement] = _Count(rule, breach, "")
            self.roots[rule.requirement].add(breach)
            cause = rule.id
        for name in breach.about:
            self.concerned.setdefault(name, cause)

    def verdict(self) -> tuple[tuple[Violation, ...], tuple[Violation, ...]]:
        return _violations(tuple(self.roots.values())), _violations(tuple(self.followed.values()))

    def _cause(self, about: Sequence[str]) -> str:
        return next((self.concerned[name] for name in about if name in self.concerned), "")


def _violations(counts: Sequence[_Count]) -> tuple[Violation, ...]:
    return tuple(count.violation() for count in counts)


def _grave(rule: Rule, breach: Breach) -> bool:
    return (breach.code or rule.code) in _NEVER_FOLLOWS
