"""Cases put together: what an occasion is about is said once, and what was wrong with it where it was."""

from dataclasses import dataclass

from harness.model.cases import Breach, Case


@dataclass(frozen=True, slots=True)
class Occasion:
    """`where`, `scenario`, `moment` and `about`: as of a Breach."""

    where: str
    scenario: str
    moment: float
    about: tuple[str, ...] = ()

    def case(self, rule: str, alternative: str, kept: bool, observed: str = "", expected: str = "") -> Case:
        """Of one rule, in one of its alternatives. `observed` and `expected` are told where it was not kept."""
        if kept:
            return Case(rule, alternative)
        breach = Breach(observed, expected, self.where, self.scenario, self.moment, self.about)
        return Case(rule, alternative, breach)
