"""Something that may be wrong with a request."""

from typing import NamedTuple


class Fault(NamedTuple):
    """`code`: what it is refused with; `variant`: in which way it is wrong; not `certain`: the text, the clocks or what is not known
    of the state leave it open."""

    code: str
    variant: str = ""
    certain: bool = True


def open_(code: str) -> Fault:
    """It may be so, and it may not."""
    return Fault(code, certain=False)
