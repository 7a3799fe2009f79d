"""CON-26: the expiry that was wished for is not used."""

from typing import Any

from harness.contract.messages import Header
from mocks.defects.defect import breaks
from mocks.gateway.linkage import Linkage


class Standard(Linkage):
    """Gives every enquiry a minute."""

    def enquiry_header(self, wish: dict[str, Any], role: str, link_code: str) -> Header:
        """The usual one."""
        usual = {name: value for name, value in wish.items() if name != "expires_in_seconds"}
        return super().enquiry_header(usual, role, link_code)


DEFECT = breaks("CON-26", "求められた有効期限を無視する", linkage=Standard)
