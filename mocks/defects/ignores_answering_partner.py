"""CON-20: the sender of an answer is not compared with the enquiry."""

from dataclasses import replace

from harness.spec.messages import Header
from harness.spec.refusals import RefusedError
from mocks.gateway.functions import Functions, as_a
from mocks.gateway.linkage import Enquiry, Linkage

REQUIREMENT = "CON-20"
SUMMARY = "照会応答の送信元を照会先と比べない"


class PartnerBlind(Linkage):
    """Goes by the correlation id."""

    def enquiry_answered_by(self, header: Header) -> Enquiry:
        """As if it had come as asked."""
        row = self.storage.row(
            "SELECT enquiry_id FROM enquiries WHERE correlation_id = ?", header.correlation_id
        )
        if row is None:
            raise RefusedError("NOT_FOUND")
        asked = self.enquiry(row["enquiry_id"]).header
        return super().enquiry_answered_by(replace(header, sender=asked.recipient))


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, linkage=as_a(PartnerBlind, functions.linkage))
