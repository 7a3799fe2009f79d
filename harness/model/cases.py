"""An occasion on which a rule could be broken, and whether it was."""

from typing import Final, NamedTuple

OTHERS_DATA: Final = "OTHERS_DATA"  # somebody sees what is another's


class Breach(NamedTuple):
    """What was seen where a rule was broken, and what the contract asks instead, in words (ja). `where`: the exchange; `moment`: when
    it was over, in seconds since 1970; `about`: what it concerns (`message:…`, `correlation:…`, `subject:…`, `session:…`, `call:…`): a later
    breach about one of the same is a consequence of this one; `code`: of the finding, where it is not the rule's. No value of a
    resident stands in any of them but `about`, which does not leave the judge."""

    observed: str
    expected: str
    where: str
    scenario: str
    moment: float
    about: tuple[str, ...] = ()
    code: str = ""


class Case(NamedTuple):
    """`rule`: an id of harness.model.rules; `alternative`: one of that rule's; `breach`: None where the rule was kept."""

    rule: str
    alternative: str
    breach: Breach | None = None

    def since(self, moment: float) -> "Case":
        """The same, broken from a moment on: what a request brings about may be seen before its answer is, and follows from it."""
        return self if self.breach is None else self._replace(breach=self.breach._replace(moment=moment))

    def called(self, code: str) -> "Case":
        """The same, its breach by another finding than the rule's."""
        return self._replace(breach=self.breach._replace(code=code)) if self.breach and code else self
