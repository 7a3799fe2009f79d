"""STO-18: an older version replaces a newer one."""

from mocks.defects.defect import breaks
from mocks.gateway.record_store import RecordStore


class Versionless(RecordStore):
    """Believes what comes last."""

    def check_version(self, place: tuple[str, str, str], version: int | None) -> None:
        """Whatever comes last."""


DEFECT = breaks("STO-18", "古い版の情報で新しい版を上書きする", records=Versionless)
