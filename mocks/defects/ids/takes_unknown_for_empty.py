"""ID-04: an unknown link code is treated as a resident without records."""

from harness.contract.refusals import RefusedError
from mocks.defects.defect import breaks
from mocks.gateway.id_conversion import IdConversion


class EverybodyIsKnown(IdConversion):
    """Finds somebody for every code."""

    def local_id_of(self, link_code: str) -> str:
        """An empty 識別番号 where there is none; no record belongs to it."""
        try:
            return super().local_id_of(link_code)
        except RefusedError:
            return ""


DEFECT = breaks("ID-04", "対応する者のないリンクコードを、情報のない住民として扱う", ids=EverybodyIsKnown)
