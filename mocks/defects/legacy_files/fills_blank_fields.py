"""LEG-06: a blank number becomes zero."""

from harness.contract.legacy_layout import Field
from mocks.defects.defect import breaks
from mocks.gateway.legacy_files import LegacyFiles


class ZeroForBlank(LegacyFiles):
    """Reads a blank as zero."""

    def text(self, field: Field, data: bytes) -> str:
        """Zero where nothing stands."""
        text = super().text(field, data)
        return text or ("0" if field.is_integer else "")


DEFECT = breaks("LEG-06", "空白の数値の項目を0として取り込む", legacy_files=ZeroForBlank)
