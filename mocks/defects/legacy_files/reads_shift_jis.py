"""LEG-02: what CP932 adds to Shift_JIS is not known."""

from harness.contract.legacy_layout import Field
from mocks.defects.defect import breaks
from mocks.gateway.legacy_files import LegacyFiles, LineError


class PlainShiftJis(LegacyFiles):
    """Takes CP932 for another name of Shift_JIS."""

    def text(self, field: Field, data: bytes) -> str:
        """As Shift_JIS (JIS X 0208)."""
        try:
            return data.decode("shift_jis").rstrip(" \u3000")
        except UnicodeDecodeError as error:
            raise LineError(field.name, "CHARACTER_UNMAPPABLE") from error


DEFECT = breaks("LEG-02", "CP932 のファイルを Shift_JIS として読む", legacy_files=PlainShiftJis)
