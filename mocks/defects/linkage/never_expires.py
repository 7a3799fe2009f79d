"""CON-13: an enquiry without an answer waits for ever."""

from collections.abc import Sequence
from dataclasses import replace

from mocks.gateway.functions import Functions, as_a
from mocks.gateway.linkage import Enquiry, Linkage

REQUIREMENT = "CON-13"
SUMMARY = "期限までに応答のない照会を送信済のままにする"


class Waiting(Linkage):
    """Hopes."""

    def expire(self, now: float) -> Sequence[Enquiry]:
        """Nothing expires."""
        return ()

    def next_expiry(self) -> float | None:
        """Never."""
        return None


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, linkage=as_a(Waiting, functions.linkage))
