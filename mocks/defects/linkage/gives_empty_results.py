"""CON-16: a result before the answer is an empty one."""

from dataclasses import replace

from mocks.gateway.functions import Functions, as_a
from mocks.gateway.linkage import Enquiry, Linkage

REQUIREMENT = "CON-16"
SUMMARY = "応答の前の結果として、項目のない結果を渡す"


class Premature(Linkage):
    """Gives what it has."""

    def result(self, enquiry_id: str) -> Enquiry:
        """What there is."""
        enquiry = self.enquiry(enquiry_id)
        return enquiry if enquiry.items is not None else replace(enquiry, items={})


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, linkage=as_a(Premature, functions.linkage))
