"""AUTH-17: what staff may do, the business system may do too."""

from collections.abc import Mapping
from dataclasses import replace

from harness.contract.refusals import RefusedError
from mocks.gateway.authorisation import Authorisation, Caller
from mocks.gateway.functions import Functions, as_a

REQUIREMENT = "AUTH-17"
SUMMARY = "応答待ちの照会を業務システムに見せ、承認させる"


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


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, authorisation=as_a(OneTokenForBoth, functions.authorisation))
