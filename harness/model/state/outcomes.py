"""What became of a request that changes something."""

from enum import Enum

from harness.model.history.exchanges import Call


class Outcome(Enum):
    """DONE durably; REFUSED, and nothing changed; or nobody can tell (MAYBE): no proper answer came."""

    DONE = "done"
    REFUSED = "refused"
    MAYBE = "maybe"


def outcome(call: Call) -> Outcome:
    """Of a request of the south face. An error object refuses, whatever the status."""
    if call.status is None:
        return Outcome.MAYBE
    if 200 <= call.status < 300:
        return Outcome.DONE
    return Outcome.REFUSED if call.status < 500 or refused_with(call) else Outcome.MAYBE


def refused_with(call: Call) -> str | None:
    """The code of a refusal, None where the answer is none."""
    answer = call.answer
    if call.status is None or call.status < 400 or not isinstance(answer, dict):
        return None
    code = answer.get("code")
    return code if isinstance(code, str) else None
