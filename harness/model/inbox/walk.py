"""The check list gone through for one message: which answers the contract permits."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from harness.model.inbox import admission, authority, content, outer
from harness.model.inbox.envelope import Letter
from harness.model.inbox.steps import FREE, Arrival, Inbox, Step, fails
from harness.model.state.directory import Directory, Held
from harness.model.state.register import UNKNOWN

UNDELIVERED: Final = "UNDELIVERED"
NO_DIRECTORY: Final = fails("inbox-directory", "一覧がない", UNDELIVERED)
_CHECKS: Final[tuple[Callable[[Arrival], Iterator[Step]], ...]] = (
    outer.signature,
    outer.schema,
    admission.addressee,
    admission.expiry,
    admission.replay,
    admission.sender,
    content.decryption,
    content.inner_signature,
    content.content_schema,
    authority.role,
    authority.basis,
    authority.side,
    authority.asked,
)
_AFTER_ALL: Final = 15


@dataclass(frozen=True, slots=True)
class Verdict:
    """`codes`: with which it may be refused; `accepts`: may it be accepted? `decided`: the first check that fails for certain, `number`:
    which of the list that is; `clear`: whoever holds a directory has one answer, and could not say another; `arrival`: by the
    directory that is most likely held; `settled`: what contract 2 lets pass where contract 1 leaves it open."""

    codes: frozenset[str]
    accepts: bool
    decided: Step | None
    number: int
    clear: bool
    arrival: Arrival | None
    settled: tuple[Step, ...] = ()


def verdict_of(inbox: Inbox, letter: Letter, held: tuple[Held, ...]) -> Verdict | None:
    """By whichever of these directories the gateway holds; None where anything may be said."""
    verdicts = [_by(inbox, letter, directory) for directory in held]
    found = [verdict for verdict in verdicts if verdict is not None]
    if len(found) < len(verdicts):
        return None
    last = found[-1]
    codes = frozenset().union(*(verdict.codes for verdict in found))
    holding = [verdict for verdict in found if verdict.decided is not NO_DIRECTORY] or found
    clear = all(verdict.clear and verdict.decided == last.decided for verdict in holding)
    accepts = any(verdict.accepts for verdict in found)
    return Verdict(codes, accepts, last.decided, last.number, clear, last.arrival, last.settled)


def _by(inbox: Inbox, letter: Letter, held: Held) -> Verdict | None:
    codes: frozenset[str] = frozenset()
    clear, arrival = True, None
    settled: tuple[Step, ...] = ()
    if held is not None and held is not UNKNOWN:
        arrival = Arrival(inbox, letter, held)
    for number, step in _steps(inbox, letter, arrival, held):
        if step.free:
            return None
        if not step.passes:
            return Verdict(codes | step.codes, False, step, number, clear, arrival, settled)
        if step.open_before:
            settled = (*settled, step)
        else:
            codes, clear = codes | step.codes, False
    return Verdict(codes, True, None, _AFTER_ALL, clear, arrival, settled)


def further_faults(inbox: Inbox, letter: Letter, held: tuple[Held, ...]) -> Iterator[Step]:
    """What is wrong beside the first check that fails, of a message that meets its schema: another one could have decided."""
    directory = next((one for one in reversed(held) if one is not None and one is not UNKNOWN), None)
    if not isinstance(directory, Directory) or not letter.envelope.is_proper:
        return
    arrival = Arrival(inbox, letter, directory)
    failing = (step for check in _CHECKS for step in check(arrival) if not step.passes)
    next(failing, None)
    yield from failing


def _steps(inbox: Inbox, letter: Letter, arrival: Arrival | None, held: Held) -> Iterator[tuple[int, Step]]:
    for step in outer.form(letter.envelope, settles=inbox.settles):
        yield 1, step
    if arrival is None:
        yield 1, FREE if held is UNKNOWN else NO_DIRECTORY
        return
    for number, check in enumerate(_CHECKS, start=2):
        for step in check(arrival):
            yield number, step
