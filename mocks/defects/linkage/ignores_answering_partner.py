"""CON-20: the sender of an answer is not compared with the enquiry."""

from dataclasses import replace

from harness.contract.messages import Header
from mocks.gateway.functions import Functions, as_a
from mocks.gateway.linkage import Linkage

REQUIREMENT = "CON-20"
SUMMARY = "照会応答の送信元を照会先と比べない"


class PartnerBlind(Linkage):
    """Goes by the correlation id."""

    def same_partner(self, asked: Header, header: Header) -> bool:
        """Whatever it is."""
        return True


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, linkage=as_a(PartnerBlind, functions.linkage))
