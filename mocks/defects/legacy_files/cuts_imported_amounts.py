"""LEG-01: the last digit of imported amounts is lost."""

from harness.contract.legacy_layout import Field
from mocks.defects.defect import breaks
from mocks.gateway.legacy_files import LegacyFiles


class Rounding(LegacyFiles):
    """Counts columns from zero once too often."""

    def number(self, field: Field, text: str) -> int:
        """In tens of yen."""
        return super().number(field, text) // 10 * 10


DEFECT = breaks("LEG-01", "取り込んだ金額の1円の位を失う", legacy_files=Rounding)
