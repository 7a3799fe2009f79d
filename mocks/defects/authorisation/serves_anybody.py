"""AUTH-09: requests of business systems need no token."""

from collections.abc import Mapping

from mocks.defects.defect import breaks
from mocks.gateway.authorisation import Authorisation, Caller


class OpenDoor(Authorisation):
    """Takes the office network for safe."""

    def authenticate(self, headers: Mapping[str, str], caller: Caller) -> None:
        """Staff and auditors only."""
        if caller != "business":
            super().authenticate(headers, caller)


DEFECT = breaks("AUTH-09", "トークンを確かめずに業務システムの要求に応じる", authorisation=OpenDoor)
