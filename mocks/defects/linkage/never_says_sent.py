"""CON-12: an enquiry that the network took stays 受付."""

from dataclasses import replace

from mocks.gateway.functions import Functions, as_a
from mocks.gateway.linkage import Linkage

REQUIREMENT = "CON-12"
SUMMARY = "送った照会を受付のままにする"


class Silent(Linkage):
    """Waits for the answer before it says anything."""

    def note_sent(self, correlation_id: str) -> None:
        """Nothing."""


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, linkage=as_a(Silent, functions.linkage))
