"""Each request of the south face × each token × each state of the staff headers (guide §2, rows 1 and 2, STAFF_SESSION_EXPIRED)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from itertools import product
from typing import Final

from harness.gateways.south import BLANK, Request, Staff
from harness.stimuli.south_requests import Proper, by, proper_requests
from harness.stimuli.stage import Stage

_TOKENS: Final = ("", "unknown", "business", "staff", "audit")
_JAPAN: Final = timezone(timedelta(hours=9))
_ZONES: Final = (UTC, _JAPAN, timezone(timedelta(hours=-11)), timezone(timedelta(hours=13, minutes=45)))
_FAR: Final = timedelta(minutes=10)  # from now, so that no clock and no delay makes a difference
# From now: beyond what clocks may differ by, and not much.
_JUST_PASSED, _SOON = -timedelta(seconds=7), timedelta(seconds=14)


def callers(stage: Stage) -> None:
    """About somebody who is registered, with a citation that is lawful."""
    resident = stage.registered(1)[0]
    citation = stage.draw.choice(stage.citations(asks=True))
    proper = list(proper_requests(stage, resident, citation))
    wrong = [by(p, token) for p in proper for token in _TOKENS if token != p.request.caller]
    lacking = [
        replace(p.request, staff=staff, headers=headers)
        for p in proper
        if p.acts
        for staff, headers in _staff(p)
    ]
    both = [replace(r, caller="unknown") for r in lacking] + [replace(r, raw=b"{") for r in lacking]
    ignored = [_with_odd_staff(p) for p in proper if not p.acts]
    stage.at_once([*lacking, *wrong, *both, *ignored, *_near_tokens(stage, proper)])


def _staff(proper: Proper) -> Iterator[tuple[Staff | None, dict[str, str]]]:
    """Headers of a person who acts, with one thing wrong, or at the edge of what is right."""
    staff = proper.request.staff
    assert staff is not None
    now = datetime.now(UTC)
    yield None, {}
    yield replace(staff, role=""), {}
    yield replace(staff, id=""), {}
    yield replace(staff, id="職員"), {}
    yield replace(staff, role="職責"), {}
    yield replace(staff, valid_until=BLANK), {}
    for length in (60, 61):
        yield replace(staff, id="i" * length), {}
        yield replace(staff, role="r" * length), {}
    for moment, zone in product((now - _FAR, now + _FAR), _ZONES):
        yield replace(staff, valid_until=moment.astimezone(zone).isoformat(timespec="seconds")), {}
    for moment, places in product((now + _JUST_PASSED, now + _SOON), ("milliseconds", "microseconds")):
        yield replace(staff, valid_until=moment.isoformat(timespec=places).replace("+00:00", "Z")), {}
    later = now + _FAR
    for none in (
        "tomorrow",
        "2112-13-01T00:00:00Z",
        later.strftime("%Y-%m-%d"),
        later.strftime("%Y-%m-%dT%H:%M:%S"),
        str(int(later.timestamp())),
    ):
        yield replace(staff, valid_until=none), {}


def _with_odd_staff(proper: Proper) -> Request:
    """Where nobody has to act, headers of staff are ignored, whatever stands in them."""
    passed = (datetime.now(UTC) - _FAR).isoformat(timespec="seconds")
    return replace(proper.request, staff=Staff("i" * 61, "r" * 61, passed))


def _near_tokens(stage: Stage, proper: list[Proper]) -> Iterator[Request]:
    """Tokens that are nearly right: a longer one, a shorter one, another case, another scheme."""
    for p in proper[:: max(1, len(proper) // 6)]:
        token = getattr(stage.south.statement.tokens, p.request.caller)
        for near in (
            f"Bearer {token}x",
            f"Bearer {token[:-1]}",
            f"Bearer {token.swapcase()}",
            f"Basic {token}",
            "Bearer",
        ):
            yield replace(p.request, caller="unknown", headers={**p.request.headers, "Authorization": near})
