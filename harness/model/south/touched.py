"""What a request that was treated wrongly makes wrong in its turn."""

from collections.abc import Mapping
from typing import Final

from harness.model.south.requests import Asked

_KEEPING: Final = frozenset({"subjects", "records", "bulk", "deletion", "handling"})


def about(asked: Asked) -> tuple[str, ...]:
    """As a breach names it: what was begun by it, and whose data it was to change."""
    call, group = asked.call, asked.request.group
    answer = call.answer if isinstance(call.answer, dict) else {}
    body = call.body if isinstance(call.body, dict) else {}
    begun = tuple(
        f"{kind}:{answer[name]}"
        for kind, name in (("correlation", "correlation_id"), ("session", "session"))
        if isinstance(answer.get(name), str)
    )
    if group == "pending" and asked.named:
        return (f"correlation:{asked.named}",)
    if group not in _KEEPING:
        return begun
    named = asked.named if group == "subjects" else _subject(body)
    return (*begun, f"subject:{named}") if named else begun


def _subject(body: Mapping[str, object]) -> str:
    found = body.get("key") if body.get("scope") == "subject" else body.get("local_id")
    return found if isinstance(found, str) else ""
