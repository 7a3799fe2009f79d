"""AUTH-21: one list of what waits, for every office."""

from mocks.defects.defect import breaks
from mocks.gateway.authorisation import Authorisation, Staff


class OneListForAll(Authorisation):
    """Shows what waits to whoever may see the list at all."""

    def shows_pending(self, staff: Staff, information: str) -> bool:
        """All of it."""
        return True


DEFECT = breaks(
    "AUTH-21",
    "応答待ちの一覧を、どの職責の職員にもすべて見せる",
    contract="2",
    authorisation=OneListForAll,
)
