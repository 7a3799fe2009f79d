"""BAS-04: every basis that is known counts, declared or not."""

from dataclasses import replace

from harness.contract.law import bases
from harness.contract.messages import Header
from mocks.gateway.authorisation import Authorisation
from mocks.gateway.directory import Directory
from mocks.gateway.functions import Functions, as_a

REQUIREMENT = "BAS-04"
SUMMARY = "宣言していない根拠による照会を送る"
PROFILE = "table-only"


class CitesAnyBasis(Authorisation):
    """Carries all bases that there are."""

    def check_outward_basis(self, header: Header, directory: Directory) -> None:
        """Whatever is known."""
        known = CitesAnyBasis(self.organisation, self.tokens, bases())
        Authorisation.check_outward_basis(known, header, directory)


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, authorisation=as_a(CitesAnyBasis, functions.authorisation))
