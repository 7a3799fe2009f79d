"""DEC-05: a batch is accepted though バッチ is not declared."""

from mocks.defects.defect import breaks
from mocks.gateway.offers import Need, Offers


class BatchingAnyway(Offers):
    """Has more doors than its statement names."""

    def must_offer(self, needs: tuple[Need, ...]) -> None:
        """All but this one."""
        super().must_offer(tuple(need for need in needs if need != ("modes", "バッチ")))


DEFECT = breaks("DEC-05", "バッチを宣言しないのに受け付ける", profile="requester-only", offers=BatchingAnyway)
