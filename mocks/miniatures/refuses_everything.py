"""`refuses-everything`: answers every request with a refusal of the right form."""

from harness.contract.refusals import RefusedError
from mocks.miniatures.face import Answer, Request


def answer(_: Request) -> Answer:
    """Always ROLE_NOT_ALLOWED."""
    refused = RefusedError("ROLE_NOT_ALLOWED")
    return refused.refusal.status or 403, dict(refused.content())
