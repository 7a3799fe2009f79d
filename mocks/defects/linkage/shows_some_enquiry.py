"""CON-17: an unknown enquiry is answered with the newest one."""

from dataclasses import replace

from harness.contract.refusals import RefusedError
from mocks.gateway.functions import Functions, as_a
from mocks.gateway.linkage import Enquiry, Linkage

REQUIREMENT = "CON-17"
SUMMARY = "存在しない照会を求められると、別の照会を示す"


class Helpful(Linkage):
    """Guesses what was meant."""

    def enquiry(self, enquiry_id: str) -> Enquiry:
        """The newest, where there is none of this id."""
        try:
            return super().enquiry(enquiry_id)
        except RefusedError:
            row = self.storage.row("SELECT enquiry_id FROM enquiries ORDER BY expires DESC")
            return super().enquiry(row["enquiry_id"] if row else enquiry_id)


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, linkage=as_a(Helpful, functions.linkage))
