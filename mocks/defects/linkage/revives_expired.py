"""CON-14: a late answer turns an expired enquiry into an answered one."""

from dataclasses import replace
from typing import Any

from harness.contract.messages import Header, Kind
from mocks.gateway.functions import Functions, as_a
from mocks.gateway.linkage import Enquiry, Linkage
from mocks.gateway.network_connection import NetworkConnection

REQUIREMENT = "CON-14"
SUMMARY = "期限切れの照会を、遅れて届いた照会応答で応答済とする"


class Reviving(Linkage):
    """Better late than never."""

    def note_answer(
        self, enquiry: Enquiry, items: dict[str, Any], reasons: dict[str, str] | None = None
    ) -> None:
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


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    linkage = as_a(Reviving, functions.linkage)
    return replace(functions, linkage=linkage, network=as_a(TimelessForAnswers, functions.network))
