"""Rows 1 and 2 of the refusals, and the session of staff: who asks, and who acts."""

from typing import Final

from harness.contract.messages import CLOCK_SECONDS, parse_timestamp
from harness.model.south.faults import Fault, decided, open_
from harness.model.south.requests import Asked

TOKEN, STAFF, SESSION = "UNAUTHENTICATED", "STAFF_REQUIRED", "STAFF_SESSION_EXPIRED"  # codes
_LONGEST: Final = 60
_HEADERS: Final = ("X-Staff-Id", "X-Staff-Role")
PASSED, NO_MOMENT = "過ぎた", "時刻でない"
NONE, TOO_LONG = "ない・空", "長い"
_KINDS: Final = frozenset({"business", "staff", "audit"})
NO_TOKEN, UNKNOWN_TOKEN = "トークンなし", "知らないトークン"  # words


def token_fault(asked: Asked) -> Fault | None:
    """Row 1."""
    wanted, caller = asked.request.caller, asked.call.caller
    if not wanted or caller == wanted:
        return None
    return Fault(TOKEN, caller if caller in _KINDS else UNKNOWN_TOKEN if caller else NO_TOKEN)


def staff_fault(asked: Asked, *, settles: bool) -> Fault | None:
    """Row 2. Characters other than printable ASCII are left open (§11), and decided by contract 2 (`settles`)."""
    if not asked.request.acts:
        return None
    staff, found = asked.call.staff, None
    for header, value in zip(_HEADERS, (staff.id, staff.role), strict=True):
        written = (value or "").strip(" \t")
        if not written:
            return Fault(STAFF, f"{header} {NONE}")
        if not (written.isascii() and written.isprintable()):
            found = found or decided("staff-header-form", STAFF, f"{header} の形", settles=settles)
        elif len(written) > _LONGEST:
            return Fault(STAFF, f"{header} {TOO_LONG}")
    return found


def session_fault(asked: Asked, *, settles: bool) -> Fault | None:
    """After row 2. Clocks may differ by five seconds."""
    if not asked.request.acts or asked.call.staff.valid_until is None:
        return None
    written = asked.call.staff.valid_until.strip(" \t")
    if not written:
        return decided("session-end-empty", SESSION, "空", settles=settles)
    try:
        moment = parse_timestamp(written).timestamp()
    except (ValueError, OverflowError):
        return open_(SESSION) if _may_be_read(written) else Fault(SESSION, NO_MOMENT)
    span = asked.call.span
    if moment < span.begin - CLOCK_SECONDS:
        return Fault(SESSION, PASSED)
    if moment > span.end + CLOCK_SECONDS and _is_plain(written):
        return None
    return open_(SESSION)


def _may_be_read(written: str) -> bool:
    """RFC 3339 §5.6 lets a blank stand for the T; a leap second may be one of a table."""
    return written[10:11] == " " or ":60" in written


def _is_plain(written: str) -> bool:
    """Of the spelling that nobody reads as no moment: capital letters, parts of seconds to the nanosecond, no leap second, a year that
    every language has."""
    letters_and_size = written.isupper() and len(written) <= 35
    return (
        letters_and_size
        and ":60" not in written
        and "-00:00" not in written
        and "0001" < written[:4] < "9999"
    )
