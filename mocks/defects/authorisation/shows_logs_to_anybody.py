"""AUTH-06: whoever has a token may read the logs."""

from collections.abc import Mapping
from dataclasses import replace

from mocks.gateway.authorisation import Authorisation, Caller
from mocks.gateway.functions import Functions, as_a

REQUIREMENT = "AUTH-06"
SUMMARY = "業務システムや窓口の職員にもログを見せる"


class OneDoorForAll(Authorisation):
    """Takes every caller of the house for an auditor."""

    def authenticate(self, headers: Mapping[str, str], caller: Caller) -> None:
        """A log opens with any of the three tokens."""
        tokens = {f"Bearer {t}" for t in (self.tokens.business, self.tokens.staff)}
        if caller == "audit" and headers.get("authorization") in tokens:
            return
        super().authenticate(headers, caller)


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, authorisation=as_a(OneDoorForAll, functions.authorisation))
