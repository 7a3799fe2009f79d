"""CON-01: 自動/手動 is looked up for affair and information only."""

from dataclasses import replace

from harness.contract.messages import Header
from mocks.gateway.functions import Functions, as_a
from mocks.gateway.linkage import Handling, Linkage

REQUIREMENT = "CON-01"
SUMMARY = "対象者ごとの手動の設定を見ずに、自動で応答する"


class BlindToSubjects(Linkage):
    """Does not look at the person."""

    def is_manual(self, local_id: str, header: Header) -> bool:
        """Affair and information only."""
        scopes = (("affair", header.affair), ("information", header.information))
        return any(self.handling(scope, key) == Handling.MANUAL for scope, key in scopes)


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, linkage=as_a(BlindToSubjects, functions.linkage))
