"""AUTH-01: `to` is not compared."""

from dataclasses import replace

from harness.contract.messages import Header
from mocks.gateway.authorisation import Authorisation
from mocks.gateway.functions import Functions, as_a

REQUIREMENT = "AUTH-01"
SUMMARY = "他団体宛ての電文を受け付ける"


class ForEverybody(Authorisation):
    """Takes every message for its own."""

    def check_addressee(self, header: Header) -> None:
        """Every addressee will do."""


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, authorisation=as_a(ForEverybody, functions.authorisation))
