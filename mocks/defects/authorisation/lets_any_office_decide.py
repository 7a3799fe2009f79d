"""AUTH-20: whoever has a role decides about what waits."""

from mocks.defects.defect import breaks
from mocks.gateway.authorisation import Authorisation, Staff


class AnyOfficeDecides(Authorisation):
    """Asks who it is, and not of which office."""

    def check_decision(self, staff: Staff, information: str) -> None:
        """Nothing to check."""


DEFECT = breaks(
    "AUTH-20",
    "応答待ちの照会を、情報を所管しない職責の職員に承認させる",
    contract="2",
    authorisation=AnyOfficeDecides,
)
