"""CON-24: every enquiry is marked as batch."""

from dataclasses import replace
from typing import Any

from harness.contract.messages import Header, Mode
from mocks.gateway.functions import Functions, as_a
from mocks.gateway.linkage import Linkage

REQUIREMENT = "CON-24"
SUMMARY = "オンラインの照会依頼をバッチと示す"


class AllBatch(Linkage):
    """Has one way to ask."""

    def enquiry_header(self, wish: dict[str, Any], role: str, link_code: str) -> Header:
        """バッチ, whatever was wished."""
        return super().enquiry_header({**wish, "mode": Mode.BATCH}, role, link_code)


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, linkage=as_a(AllBatch, functions.linkage))
