"""CON-30: the enquiries of a batch are marked as online."""

from dataclasses import replace
from typing import Any

from harness.contract.messages import Header, Mode
from mocks.gateway.functions import Functions, as_a
from mocks.gateway.linkage import Linkage

REQUIREMENT = "CON-30"
SUMMARY = "バッチの照会依頼をオンラインと示す"


class AllOnline(Linkage):
    """Has one way to ask."""

    def enquiry_header(self, wish: dict[str, Any], role: str, link_code: str) -> Header:
        """オンライン, whatever was wished."""
        return super().enquiry_header({**wish, "mode": Mode.ONLINE}, role, link_code)


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, linkage=as_a(AllOnline, functions.linkage))
