"""Disturbances of the network about one person's messages: out of order, refusing, slow to confirm, answering oddly."""

from dataclasses import dataclass, field, replace

from harness.contract.refusals import RefusedError
from mocks.network.odd_answers import ODD_ANSWERS, OddAnswer


@dataclass(frozen=True)
class Disturbance:
    """The next `unavailable` messages meet an outage (502), any other is refused with `refusal`, and what is taken
    is confirmed `slow_seconds` late. `answers`: before all that, the next messages are answered so, one after the other: an
    odd answer, the code of a refusal, or `taken` for nothing odd; `codes`: the same for the next requests for a link code."""

    unavailable: int = 0
    refusal: str | None = None
    slow_seconds: float = 0.0
    answers: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()


@dataclass
class Disturbances:
    """By person, so that scenarios which run at the same time do not disturb each other."""

    by_person: dict[str, Disturbance] = field(default_factory=dict)
    late: dict[str, float] = field(default_factory=dict)

    def put(self, person: str, disturbance: Disturbance) -> None:
        """From now on, in place of what was."""
        self.by_person[person] = disturbance

    def strike(self, person: str | None, message_id: str) -> OddAnswer | None:
        """The odd answer that a message meets. Raises RefusedError where it meets a refusal."""
        key = person or ""
        found = self.by_person.get(key, Disturbance())
        if found.answers:
            self.by_person[key] = replace(found, answers=found.answers[1:])
            return _answer(found.answers[0])
        if found.unavailable:
            self.by_person[key] = replace(found, unavailable=found.unavailable - 1)
            raise RefusedError("UNDELIVERED")
        if found.refusal:
            raise RefusedError(found.refusal)
        if found.slow_seconds:
            self.late[message_id] = found.slow_seconds
        return None

    def strike_code(self, person: str | None) -> OddAnswer | str | None:
        """The same of a request for a link code; a text is given in place of the code."""
        key = person or ""
        found = self.by_person.get(key, Disturbance())
        if not found.codes:
            return None
        self.by_person[key] = replace(found, codes=found.codes[1:])
        name = found.codes[0]
        return name.removeprefix("code:") if name.startswith("code:") else _answer(name)

    def lateness(self, message_id: str) -> float:
        """Seconds by which the confirmation of a message is to be late; said once."""
        return self.late.pop(message_id, 0.0)


def _answer(name: str) -> OddAnswer | None:
    if name == "taken":
        return None
    if name not in ODD_ANSWERS:
        raise RefusedError(name)
    return ODD_ANSWERS[name]
