"""CON-22: the information of an answer is not compared with the enquiry."""

from dataclasses import replace

from harness.contract.messages import Header
from mocks.gateway.functions import Functions, as_a
from mocks.gateway.linkage import Linkage

REQUIREMENT = "CON-22"
SUMMARY = "照会応答の情報を照会と比べない"


class ContentBlind(Linkage):
    """Goes by the correlation id."""

    def same_information(self, asked: Header, header: Header) -> bool:
        """Whatever it is."""
        return True


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, linkage=as_a(ContentBlind, functions.linkage))
