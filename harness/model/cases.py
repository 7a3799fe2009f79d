"""An occasion on which a rule could be broken, and whether it was."""

from typing import NamedTuple


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
