"""LEG-05: a line of wrong length is passed over without a word."""

from mocks.defects.defect import breaks
from mocks.gateway.legacy_files import LegacyFiles


class Skipping(LegacyFiles):
    """Skips what does not look like a record."""

    def lines(self, data: bytes) -> list[bytes]:
        """Those of the usual length."""
        lines = super().lines(data)
        longest = max((len(line) for line in lines), default=0)
        return [line for line in lines if len(line) == longest]


DEFECT = breaks("LEG-05", "長さの誤った行を、知らせずに捨てる", legacy_files=Skipping)
