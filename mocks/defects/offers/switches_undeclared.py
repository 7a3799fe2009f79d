"""DEC-04: switching is accepted though 手動 is not declared."""

from dataclasses import replace

from mocks.gateway.functions import Functions, as_a
from mocks.gateway.offers import Need, Offers

REQUIREMENT = "DEC-04"
SUMMARY = "手動を宣言しないのに切替えを受け付ける"
PROFILE = "provider-only"


class SwitchingAnyway(Offers):
    """Has more doors than its statement names."""

    def must_offer(self, needs: tuple[Need, ...]) -> None:
        """All but this one."""
        super().must_offer(tuple(need for need in needs if need != ("handling", "手動")))


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, offers=as_a(SwitchingAnyway, functions.offers))
