"""CON-09: what waited is answered about whom it was taken for, although the link code has been replaced since."""

from mocks.defects.defect import breaks
from mocks.gateway.id_conversion import IdConversion


class TrustingIds(IdConversion):
    """Looked once, when the enquiry came."""

    def must_lead_to(self, link_code: str, local_id: str) -> None:
        """It did then."""


DEFECT = breaks(
    "CON-09",
    "待つ間に置き換わったリンクコードの照会に、承認で情報を渡す",
    contract="2",
    ids=TrustingIds,
)
