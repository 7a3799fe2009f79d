"""The sessions that the residents' portal opened: whose, and until when (guide §2 The portal)."""

from dataclasses import dataclass
from typing import Final, Self

from harness.model.history.exchanges import Call
from harness.model.history.history import History
from harness.model.history.spans import Span
from harness.model.state.outcomes import Outcome, outcome

LOGIN: Final = ("POST", "/v1/portal-sessions")
_SECONDS: Final = 600  # guide §2: without valid_seconds
# A session begins and ends by the gateway's own clock, so that no other clock has a part in how long it holds; a clock of whole seconds may
# round the moment of the end and that of the look.
_ROUNDED: Final = 2.0


@dataclass(frozen=True, slots=True)
class Session:
    """`opened`: by which request; it ends so many `seconds` after that, whatever is done with it."""

    opened: Call
    local_id: str
    seconds: int

    def may_hold(self, during: Span) -> bool:
        """At some moment of the span."""
        return (
            self.opened.span.begin <= during.end
            and during.begin <= self._end(self.opened.span.end) + _ROUNDED
        )

    def must_hold(self, during: Span) -> bool:
        """At every moment of the span."""
        return self.opened.span.before(during) and during.end < self._end(self.opened.span.begin) - _ROUNDED

    def _end(self, since: float) -> float:
        return since + self.seconds


@dataclass(frozen=True)
class PortalSessions:
    """Sessions by what stands for them in `X-Portal-Session`; several where a gateway gave the same again."""

    by_name: dict[str, tuple[Session, ...]]

    @classmethod
    def of(cls, history: History) -> Self:
        """As the portal's logins were answered."""
        found: dict[str, tuple[Session, ...]] = {}
        for call in logins(history):
            session = opened(call)
            if session is not None and isinstance(call.answer, dict):
                name = str(call.answer.get("session"))
                found[name] = (*found.get(name, ()), session)
        return cls(found)

    def known(self, name: str | None) -> tuple[Session, ...]:
        """The sessions of this name; none for nobody's."""
        return self.by_name.get(name, ()) if name is not None else ()


def logins(history: History) -> tuple[Call, ...]:
    """Every login of the portal that was answered with a session, in order of the end."""
    found = [c for c in history.calls if (c.method, c.path) == LOGIN and outcome(c) is Outcome.DONE]
    return tuple(sorted(found, key=lambda call: call.span.end))


def opened(call: Call) -> Session | None:
    """The session of a login, None where the request is none of the contract."""
    body = call.body
    if not isinstance(body, dict) or not isinstance(body.get("local_id"), str):
        return None
    seconds = body.get("valid_seconds", _SECONDS)
    return Session(call, body["local_id"], seconds) if isinstance(seconds, int) else None
