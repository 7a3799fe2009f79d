"""CON-18: the reason of a refusal by the network is lost."""

from dataclasses import replace
from typing import Any

from harness.contract.refusals import RefusedError
from mocks.gateway.functions import Functions, as_a
from mocks.gateway.linkage import Linkage

REQUIREMENT = "CON-18"
SUMMARY = "ネットワークの拒否の理由を、届かないとだけ示す"


class Vague(Linkage):
    """Says that it did not work."""

    def note_undeliverable(self, correlation_id: str, error: dict[str, Any]) -> None:
        """Undelivered, whatever was said."""
        super().note_undeliverable(correlation_id, dict(RefusedError("UNDELIVERED").content()))


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, linkage=as_a(Vague, functions.linkage))
