"""CON-04: a partner's error changes nothing."""

from mocks.defects.defect import breaks
from mocks.gateway.linkage import Enquiry, Linkage


class ErrorLosing(Linkage):
    """Waits for good news."""

    def note_error(self, enquiry: Enquiry, error: dict[str, str]) -> None:
        """Nothing is noted."""


DEFECT = breaks("CON-04", "相手団体のエラーを処理状況に反映せず、送信済のままにする", linkage=ErrorLosing)
