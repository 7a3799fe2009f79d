"""CON-05: an affair that was switched to manual is answered automatically."""

from dataclasses import replace

from harness.contract.messages import Header
from mocks.gateway.functions import Functions, as_a
from mocks.gateway.linkage import Handling, Linkage

REQUIREMENT = "CON-05"
SUMMARY = "事務ごとの手動の設定を見落とす"


class AffairBlind(Linkage):
    """Looks at subject and information."""

    def is_manual(self, local_id: str, header: Header) -> bool:
        """Two of the three are asked."""
        scopes = (("subject", local_id), ("information", header.information))
        return any(self.handling(scope, key) == Handling.MANUAL for scope, key in scopes)


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, linkage=as_a(AffairBlind, functions.linkage))
