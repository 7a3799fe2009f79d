"""Each request of the south face × each token × each state of the staff headers (guide §2, rows 1 and 2, STAFF_SESSION_EXPIRED)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Final

from harness.gateways.south import Request, Staff
from harness.stimuli.south_requests import Proper, by, proper_requests
from harness.stimuli.stage import Stage

_TOKENS: Final = ("", "unknown", "business", "staff", "audit")
_JAPAN: Final = timezone(timedelta(hours=9))
_FAR: Final = timedelta(minutes=10)  # from now, so that no clock and no delay makes a difference


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
    stage.at_once([*wrong, *lacking, *both, *_near_tokens(stage, proper)])


def _staff(proper: Proper) -> Iterator[tuple[Staff | None, dict[str, str]]]:
    """Headers of a person who acts, with one thing wrong, or at the edge of what is right."""
    staff = proper.request.staff
    assert staff is not None
    now = datetime.now(UTC)
    yield None, {}
    yield replace(staff, role=""), {}
    yield replace(staff, id=""), {}
    for length in (60, 61):
        yield replace(staff, id="i" * length), {}
        yield replace(staff, role="r" * length), {}
    past, future = now - _FAR, now + _FAR
    for moment in (past, past.astimezone(_JAPAN), future, future.astimezone(_JAPAN)):
        yield replace(staff, valid_until=moment.isoformat(timespec="seconds")), {}
    for none in ("tomorrow", "2012-13-01T00:00:00Z", now.strftime("%Y-%m-%d")):
        yield replace(staff, valid_until=none), {}


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
