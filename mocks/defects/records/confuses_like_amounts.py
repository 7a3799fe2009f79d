"""STO-04: the tax of the whole year, 都道府県民税 within it, stands where 市区町村民税所得割額 belongs."""

from harness.contract.messages import Items
from mocks.defects.defect import breaks
from mocks.gateway.record_store import RecordStore

_ASKED = "市区町村民税所得割額"
_GIVEN = "年税額"


class LikeAmounts(RecordStore):
    """Takes one amount of tax for another."""

    def stored(self, items: Items) -> Items:
        """Where the record has both."""
        return {**items, _ASKED: items[_GIVEN]} if {_ASKED, _GIVEN} <= items.keys() else items


DEFECT = breaks("STO-04", "市区町村民税所得割額に、都道府県民税を含む年税額を入れる", records=LikeAmounts)
