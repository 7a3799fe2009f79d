"""DEC-07: a file is imported though it is not declared."""

from mocks.defects.defect import breaks
from mocks.gateway.offers import Need, Offers


class ImportingAnyway(Offers):
    """Has more doors than its statement names."""

    def must_offer(self, needs: tuple[Need, ...]) -> None:
        """All but this one."""
        super().must_offer(tuple(need for need in needs if need != ("legacy_files", "CP932固定長")))


DEFECT = breaks(
    "DEC-07", "ファイルの取込みを宣言しないのに取り込む", profile="provider-only", offers=ImportingAnyway
)
