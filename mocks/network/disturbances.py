"""Disturbances of the network about one person's messages: out of order, refusing, slow to confirm."""

from dataclasses import dataclass, field

from harness.contract.refusals import RefusedError


@dataclass(frozen=True)
class Disturbance:
    """The next `unavailable` messages meet an outage (502), any other is refused with `refusal`, and what is taken
    is confirmed `slow_seconds` late."""

    unavailable: int = 0
    refusal: str | None = None
    slow_seconds: float = 0.0


@dataclass
class Disturbances:
    """By person, so that scenarios which run at the same time do not disturb each other."""

    by_person: dict[str, Disturbance] = field(default_factory=dict)
    late: dict[str, float] = field(default_factory=dict)

    def put(self, person: str, disturbance: Disturbance) -> None:
        """From now on, in place of what was."""
        self.by_person[person] = disturbance

    def strike(self, person: str | None, message_id: str) -> None:
        """Raises RefusedError where a message meets one."""
        found = self.by_person.get(person or "", Disturbance())
        if found.unavailable:
            self.by_person[person or ""] = Disturbance(
                found.unavailable - 1, found.refusal, found.slow_seconds
            )
            raise RefusedError("UNDELIVERED", "試験のための障害")
        if found.refusal:
            raise RefusedError(found.refusal, "試験のための拒否")
        if found.slow_seconds:
            self.late[message_id] = found.slow_seconds

    def lateness(self, message_id: str) -> float:
        """Seconds by which the confirmation of a message is to be late; said once."""
        return self.late.pop(message_id, 0.0)
