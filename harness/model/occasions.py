"""Cases put together: what an occasion is about is said once, and what was wrong with it where it was."""

from dataclasses import dataclass
from typing import Protocol

from harness.model.cases import Breach, Case


class Worded(Protocol):
    """An exchange, as a finding names it."""

    @property
    def words(self) -> str:
        """Which one, with no value of a resident in it."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """`exchange`: where a breach would have been seen; `scenario`, `moment` and `about`: as of a Breach."""

    exchange: Worded
    scenario: str
    moment: float
    about: tuple[str, ...] = ()

    def case(self, rule: str, alternative: str, kept: bool, observed: str = "", expected: str = "") -> Case:
        """Of one rule, in one of its alternatives. `observed` and `expected` are told where it was not kept."""
        if kept:
            return Case(rule, alternative)
        where = self.exchange.words
        return Case(
            rule, alternative, Breach(observed, expected, where, self.scenario, self.moment, self.about)
        )
