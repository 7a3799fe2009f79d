"""CON-26: the expiry that was wished for is not used."""

from dataclasses import replace
from typing import Any

from harness.contract.messages import Header
from mocks.gateway.functions import Functions, as_a
from mocks.gateway.linkage import Linkage

REQUIREMENT = "CON-26"
SUMMARY = "求められた有効期限を無視する"


class Standard(Linkage):
    """Gives every enquiry a minute."""

    def enquiry_header(self, wish: dict[str, Any], role: str, link_code: str) -> Header:
        """The usual one."""
        usual = {name: value for name, value in wish.items() if name != "expires_in_seconds"}
        return super().enquiry_header(usual, role, link_code)


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, linkage=as_a(Standard, functions.linkage))
