"""AUTH-17: what staff may do, the business system may do too."""

from collections.abc import Mapping

from harness.contract.refusals import RefusedError
from mocks.defects.defect import breaks
from mocks.gateway.authorisation import Authorisation, Caller


class OneTokenForBoth(Authorisation):
    """Takes the business system for its users."""

    def authenticate(self, headers: Mapping[str, str], caller: Caller) -> None:
        """Either token for staff."""
        try:
            super().authenticate(headers, caller)
        except RefusedError:
            if caller != "staff":
                raise
            super().authenticate(headers, "business")


DEFECT = breaks("AUTH-17", "応答待ちの照会を業務システムに見せ、承認させる", authorisation=OneTokenForBoth)
