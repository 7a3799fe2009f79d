"""NTC-08: the role of whoever sends a 連絡 is not checked."""

from harness.contract.messages import Header, Kind
from mocks.defects.defect import breaks
from mocks.gateway.authorisation import Authorisation


class AnyRoleNotices(Authorisation):
    """Checks who asks, not who tells."""

    def check_outward_role(self, header: Header) -> None:
        """Of enquiries only."""
        if header.kind != Kind.NOTICE:
            super().check_outward_role(header)


DEFECT = breaks("NTC-08", "職責を確かめずに連絡を送る", authorisation=AnyRoleNotices)
