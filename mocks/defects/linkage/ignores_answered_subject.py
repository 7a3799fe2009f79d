"""CON-21: the subject of an answer is not compared with the enquiry."""

from dataclasses import replace

from harness.contract.messages import Header
from mocks.gateway.functions import Functions, as_a
from mocks.gateway.linkage import Linkage

REQUIREMENT = "CON-21"
SUMMARY = "照会応答の対象者を照会と比べない"


class SubjectBlind(Linkage):
    """Goes by the correlation id."""

    def same_subject(self, asked: Header, header: Header) -> bool:
        """Whatever it is."""
        return True


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, linkage=as_a(SubjectBlind, functions.linkage))
