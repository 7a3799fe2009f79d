"""Who is registered, and which link code belongs to whom (guide §2 Subjects and records, §5)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Self

from harness.model.history.exchanges import Call
from harness.model.history.history import History
from harness.model.history.payloads import payload_of
from harness.model.history.spans import Span
from harness.model.state.register import UNKNOWN, Register, Unknown

_PATH: Final = "/v1/subjects/"
_DONE: Final = frozenset({200, 201})

Code = str | Unknown | None


@dataclass(frozen=True)
class Subjects:
    """Registers by local id and by link code. `codes`: the gateway's own link code of a resident, None for whom is not
    registered; `owners`: the local id that a link code leads to, None for none. A resident of a run before this one is
    UNKNOWN until it is registered again: it is known by its first answer, which is 200 and not 201. `strange`:
    somebody was registered with a token of which the record does not say whose it is, so that a link code beyond the `known`
    ones may lead to anybody."""

    codes: dict[str, Register[Code]]
    owners: dict[str, Register[str | Unknown | None]]
    strange: bool = False
    known: frozenset[str] = frozenset()

    @classmethod
    def of(cls, history: History) -> Self:
        """As the registrations of the history leave it."""
        subjects, given = cls({}, {}), _link_codes(history)
        strange = False
        for call in registrations(history):
            body = call.body if isinstance(call.body, dict) else {}
            code = given.get(str(body.get("enrolment_token")))
            strange = strange or (code is None and call.status in _DONE)
            subjects._take(call, code)
        return cls(subjects.codes, subjects.owners, strange, frozenset(given.values()))

    def code(self, local_id: str, during: Span) -> tuple[Code, ...]:
        """The link codes that a resident may have."""
        return self.codes[local_id].possible(during) if local_id in self.codes else (None,)

    def owner(self, link_code: str, during: Span) -> tuple[str | Unknown | None, ...]:
        """The local ids that a link code may lead to."""
        if link_code in self.owners:
            return self.owners[link_code].possible(during)
        return (UNKNOWN,) if self.strange and link_code not in self.known else (None,)

    def registered(self, local_id: str, during: Span) -> tuple[bool, ...]:
        """May it be registered, and may it not?"""
        codes = self.code(local_id, during)
        if UNKNOWN in codes:
            return (True, False)
        return tuple({code is not None for code in codes})

    def _take(self, call: Call, code: str | None) -> None:
        local_id = call.path[len(_PATH) :]
        done = call.status in _DONE
        if not done and call.status is not None:  # LINK_CODE_UNAVAILABLE too registers nothing
            return
        held = self.codes.setdefault(local_id, Register(None))
        if call.status == 200 and not any(write.certain for write in held.writes):
            held.initial = UNKNOWN
        former = held.possible(call.span)
        held.write(call.span, UNKNOWN if code is None else code, certain=done)
        for old in former:
            if isinstance(old, str) and old != code:
                self.owners[old].write(call.span, None, certain=done)
        if code is not None:
            self.owners.setdefault(code, Register(UNKNOWN if call.status == 200 else None))
            self.owners[code].write(call.span, local_id, certain=done)


def registrations(history: History) -> Iterator[Call]:
    """`PUT /v1/subjects/…` with the business token, in order of the end."""
    calls = (c for c in history.calls if c.method == "PUT" and c.path.startswith(_PATH))
    return iter(sorted((c for c in calls if c.caller == "business"), key=lambda call: call.span.end))


def _link_codes(history: History) -> dict[str, str]:
    """Enrolment token → link code of this organisation, as the network knows them, or as it answered."""
    own = history.declared.organisation
    given = {p.tokens[own]: p.codes[own] for p in history.persons if own in p.tokens and own in p.codes}
    for redemption in history.redemptions:
        code = redemption.answer.get("link_code") if isinstance(redemption.answer, Mapping) else None
        token = _redeemed(redemption.token)
        if redemption.status == 200 and isinstance(code, str) and token is not None:
            given.setdefault(token, code)
    return given


def _redeemed(request: str) -> str | None:
    """The enrolment token in a request for a link code."""
    token = payload_of(request).get("enrolment_token")
    return token if isinstance(token, str) else None
