"""AUTH-09: requests of business systems need no token."""

from collections.abc import Mapping
from dataclasses import replace

from mocks.gateway.authorisation import Authorisation, Caller
from mocks.gateway.functions import Functions, as_a

REQUIREMENT = "AUTH-09"
SUMMARY = "トークンを確かめずに業務システムの要求に応じる"


class OpenDoor(Authorisation):
    """Takes the office network for safe."""

    def authenticate(self, headers: Mapping[str, str], caller: Caller) -> None:
        """Staff and auditors only."""
        if caller != "business":
            super().authenticate(headers, caller)


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, authorisation=as_a(OpenDoor, functions.authorisation))
