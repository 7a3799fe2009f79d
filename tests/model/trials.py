"""A decision of contract 2, told once as it is kept and once as it is broken."""

from collections.abc import Callable
from typing import NamedTuple

from harness.model.weighing import Judge
from tests.model.histories import Told


def telling(tell: Callable[..., Told], *about: object) -> Callable[[bool], Told]:
    """Of something that is kept or broken."""
    return lambda kept: tell(*about, kept=kept)


class Trial(NamedTuple):
    """`tells`: a history in which the decision is kept, or broken; `judge`: who says so."""

    rule: str
    alternative: str
    judge: Judge
    tells: Callable[[bool], Told]
