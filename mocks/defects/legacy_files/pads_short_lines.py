"""LEG-04: a line that is too short is filled up."""

from harness.contract.legacy_layout import layout
from mocks.defects.defect import breaks
from mocks.gateway.legacy_files import LegacyFiles
from mocks.gateway.record_store import Record


class Padding(LegacyFiles):
    """Reads past the end of a line."""

    def record(self, information: str, line: bytes) -> Record:
        """With blanks to its width."""
        return super().record(information, line.ljust(sum(field.width for field in layout(information))))


DEFECT = breaks("LEG-04", "長さの足りない行を補って取り込む", legacy_files=Padding)
