"""CON-11: what expired stays on the list."""

from dataclasses import replace

from mocks.gateway.functions import Functions, as_a
from mocks.gateway.linkage import Linkage, Pending

REQUIREMENT = "CON-11"
SUMMARY = "有効期限を過ぎた照会依頼を一覧に残し、承認させる"


class Patient(Linkage):
    """Knows no clock."""

    def pending(self, now: float) -> list[Pending]:
        """Whatever was not decided."""
        return super().pending(0.0)

    def decide(self, correlation_id: str, decision: str, now: float) -> Pending:
        """At any time."""
        return super().decide(correlation_id, decision, 0.0)


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, linkage=as_a(Patient, functions.linkage))
