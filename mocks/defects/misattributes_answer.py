"""CON-03: an answer is given to the oldest open enquiry to the partner that it comes from."""

from dataclasses import replace

from harness.spec.messages import Header
from mocks.gateway.functions import Functions, as_a
from mocks.gateway.linkage import Enquiry, Linkage

REQUIREMENT = "CON-03"
SUMMARY = "届いた照会応答を、同じ相手団体への別の照会に結び付ける"


class FirstComeFirstServed(Linkage):
    """Expects partners to answer in the order in which it asked."""

    def enquiry_answered_by(self, header: Header) -> Enquiry:
        """The oldest open enquiry to this partner about this information."""
        found = super().enquiry_answered_by(header)
        row = self.storage.row(
            "SELECT enquiry_id FROM enquiries WHERE status IN ('受付', '送信済') "
            "AND json_extract(header, '$.to') = ? AND json_extract(header, '$.information') = ? ORDER BY expires",
            header.sender,
            header.information,
        )
        return self.enquiry(row["enquiry_id"]) if row else found


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, linkage=as_a(FirstComeFirstServed, functions.linkage))
