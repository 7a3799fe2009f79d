"""AUTH-06: whoever has a token may read the logs."""

from collections.abc import Mapping

from mocks.defects.defect import breaks
from mocks.gateway.authorisation import Authorisation, Caller


class OneDoorForAll(Authorisation):
    """Takes every caller of the house for an auditor."""

    def authenticate(self, headers: Mapping[str, str], caller: Caller) -> None:
        """A log opens with any of the three tokens."""
        tokens = {f"Bearer {t}" for t in (self.tokens.business, self.tokens.staff)}
        if caller == "audit" and headers.get("authorization") in tokens:
            return
        super().authenticate(headers, caller)


DEFECT = breaks("AUTH-06", "業務システムや窓口の職員にもログを見せる", authorisation=OneDoorForAll)
