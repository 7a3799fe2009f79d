"""CON-19: an answer that nobody asked for is given to an enquiry that looks alike."""

from dataclasses import replace

from harness.contract.messages import Header
from mocks.gateway.functions import Functions, as_a
from mocks.gateway.linkage import Enquiry, Linkage

REQUIREMENT = "CON-19"
SUMMARY = "求めた覚えのない照会応答を、それらしい照会に結び付ける"


class Matchmaker(Linkage):
    """Finds a place for every answer."""

    def enquiry_answered_by(self, header: Header) -> Enquiry:
        """By partner, information and subject, where the correlation id says nothing."""
        row = self.storage.row(
            "SELECT enquiry_id FROM enquiries WHERE json_extract(header, '$.link_code') = ? "
            "AND json_extract(header, '$.information') = ? AND json_extract(header, '$.to') = ? "
            "ORDER BY expires DESC",
            header.link_code,
            header.information,
            header.sender,
        )
        known = self.storage.row("SELECT 1 FROM enquiries WHERE correlation_id = ?", header.correlation_id)
        return super().enquiry_answered_by(header) if known or not row else self.enquiry(row["enquiry_id"])


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, linkage=as_a(Matchmaker, functions.linkage))
