"""CON-06: an information that was switched to manual is answered automatically."""

from dataclasses import replace

from harness.contract.messages import Header
from mocks.gateway.functions import Functions, as_a
from mocks.gateway.linkage import Handling, Linkage

REQUIREMENT = "CON-06"
SUMMARY = "情報ごとの手動の設定を見落とす"


class InformationBlind(Linkage):
    """Looks at subject and affair."""

    def is_manual(self, local_id: str, header: Header) -> bool:
        """Two of the three are asked."""
        scopes = (("subject", local_id), ("affair", header.affair))
        return any(self.handling(scope, key) == Handling.MANUAL for scope, key in scopes)


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, linkage=as_a(InformationBlind, functions.linkage))
