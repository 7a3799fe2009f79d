"""DEC-04: switching is accepted though 手動 is not declared."""

from mocks.defects.defect import breaks
from mocks.gateway.offers import Need, Offers


class SwitchingAnyway(Offers):
    """Has more doors than its statement names."""

    def must_offer(self, needs: tuple[Need, ...]) -> None:
        """All but this one."""
        super().must_offer(tuple(need for need in needs if need != ("handling", "手動")))


DEFECT = breaks(
    "DEC-04", "手動を宣言しないのに切替えを受け付ける", profile="provider-only", offers=SwitchingAnyway
)
