"""What staff do about enquiries that wait for them (guide §2 Handling and pending)."""

from collections.abc import Sequence

from harness.gateways.south import Request, Staff
from harness.stimuli.stage import Stage


def switching(scope: str, key: str, mode: str, reason: str, staff: Staff) -> Request:
    """To 自動 or 手動."""
    body = {"scope": scope, "key": key, "mode": mode, "reason": reason}
    return Request("PUT", "/v1/handling", "staff", body, staff)


def pending(staff: Staff) -> Request:
    """The list of what waits."""
    return Request("GET", "/v1/pending", "staff", None, staff)


def approval(id_: str, staff: Staff) -> Request:
    """Of an enquiry by its correlation id."""
    return Request("POST", f"/v1/pending/{id_}/approval", "staff", {}, staff)


def refusal(id_: str, staff: Staff, reason: str) -> Request:
    """The same, with what staff say about it."""
    return Request("POST", f"/v1/pending/{id_}/refusal", "staff", {"reason": reason}, staff)


def until_listed(stage: Stage, ids: Sequence[str], staff: Staff, seconds: float) -> None:
    """Waits until they are all on the list: that they wait is certain then."""

    def listed() -> bool:
        said = str(stage.ask(pending(staff)).body)
        return all(id_ in said for id_ in ids)

    stage.until(listed, seconds)
