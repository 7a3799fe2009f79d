"""Two gateways against each other, side by side: what each came to, in which requirements it was looked at, and what it broke."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from harness.catalogue.verdicts import Exit, Verdict
from harness.contract.sides import Side
from harness.contract.texts import bounded, visible
from harness.record.conclusion import HEADINGS, NOT_CONFORMING, Assessment, assess, combined
from harness.record.values import Run

_TEXT: Final = 10_000  # characters of one text; the whole is in the journal


@dataclass(frozen=True)
class Half:
    """One of the two; `place`: of its own reports, seen from those of the other."""

    side: Side
    assessment: Assessment

    @property
    def place(self) -> str:
        """Of the folder with its reports, from the folder of the other's."""
        return "../" if self.side is Side.GATEWAY else f"{Side.PARTNER}/"

    @property
    def looked_at(self) -> tuple[str, ...]:
        """Ids of the requirements of which the record says something."""
        return tuple(r.requirement.id for r in self.assessment.results if r.verdict != Verdict.NOT_APPLICABLE)

    @property
    def not_met(self) -> tuple[str, ...]:
        """Ids of those that it broke."""
        return tuple(r.requirement.id for r in self.assessment.results if r.verdict in NOT_CONFORMING)


def halves_of(runs: Sequence[Run]) -> tuple[Half, ...]:
    """Of a run with two gateways, each as its own half of the record tells; empty where there is one."""
    return tuple(Half(run.meta.side, assess(run)) for run in runs if run.meta.side is not None)


def interconnection_of(halves: Sequence[Half]) -> dict[str, object]:
    """The member `interconnection` of results.json; none where there is one gateway."""
    if not halves:
        return {}
    exit_ = exit_of(halves)
    sides = [_half(half) for half in halves]
    return {"interconnection": {"verdict": heading_of(exit_), "exit_code": int(exit_), "sides": sides}}


def exit_of(halves: Sequence[Half]) -> Exit:
    """Of both together."""
    return combined(half.assessment.exit for half in halves)


def heading_of(exit_: Exit) -> str:
    """適合, 不適合 or 判定不能."""
    return HEADINGS.get(exit_, Verdict.INCONCLUSIVE.value)


def _half(half: Half) -> dict[str, object]:
    meta = half.assessment.run.meta
    return {
        "side": half.side,
        "gateway": _text(meta.gateway),
        "organisation": _text(meta.organisation),
        "product": _text(meta.product),
        "contract": _text(meta.contract),
        "verdict": half.assessment.heading,
        "exit_code": int(half.assessment.exit),
        "requirements": list(map(_text, half.looked_at)),
        "not_met": list(map(_text, half.not_met)),
    }


def _text(text: str) -> str:
    return visible(bounded(text, _TEXT))
