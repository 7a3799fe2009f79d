"""CON-14: a late answer turns an expired enquiry into an answered one."""

from harness.contract.messages import Header, Items, Kind
from mocks.defects.defect import breaks
from mocks.gateway.linkage import Enquiry, Linkage
from mocks.gateway.network_connection import NetworkConnection


class Reviving(Linkage):
    """Better late than never."""

    def note_answer(self, enquiry: Enquiry, items: Items, reasons: dict[str, str] | None = None) -> None:
        """Whenever it comes."""
        self.storage.run(
            "UPDATE enquiries SET status = '送信済' WHERE enquiry_id = ? AND status = '期限切れ'",
            enquiry.enquiry_id,
        )
        super().note_answer(enquiry, items, reasons)


class TimelessForAnswers(NetworkConnection):
    """Lets answers in at any time."""

    def check_fresh(self, header: Header) -> None:
        """Of enquiries only."""
        if header.kind != Kind.ANSWER:
            super().check_fresh(header)


DEFECT = breaks(
    "CON-14",
    "期限切れの照会を、遅れて届いた照会応答で応答済とする",
    linkage=Reviving,
    network=TimelessForAnswers,
)
