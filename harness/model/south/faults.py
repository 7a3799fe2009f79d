"""Something that may be wrong with a request."""

from typing import NamedTuple


class Fault(NamedTuple):
    """`code`: what it is refused with; `variant`: in which way it is wrong; not `certain`: the text, the clocks or what is not known
    of the state leave it open. `row`: the rule of contract 2 by which it is, or is not (`there`), one."""

    code: str
    variant: str = ""
    certain: bool = True
    row: str = ""
    there: bool = True


def open_(code: str) -> Fault:
    """It may be so, and it may not."""
    return Fault(code, certain=False)


def decided(row: str, code: str, variant: str, *, settles: bool) -> Fault:
    """Contract 2 decides that it is one; contract 1 leaves that open."""
    return Fault(code, variant, row=f"contract-2-{row}") if settles else open_(code)


def none_now(row: str, code: str, variant: str, *, settles: bool) -> Fault:
    """Contract 2 decides that it is none; contract 1 leaves that open."""
    return Fault(code, variant, row=f"contract-2-{row}", there=False) if settles else open_(code)
