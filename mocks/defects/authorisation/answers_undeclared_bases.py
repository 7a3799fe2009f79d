"""BAS-03: every basis that is known counts, declared or not."""

from dataclasses import replace

from harness.contract.law import bases
from harness.contract.messages import Header
from mocks.gateway.authorisation import Authorisation
from mocks.gateway.directory import Directory
from mocks.gateway.functions import Functions, as_a

REQUIREMENT = "BAS-03"
SUMMARY = "宣言していない根拠による照会依頼に応答する"
PROFILE = "table-only"


class TakesAnyBasis(Authorisation):
    """Carries all bases that there are."""

    def check_inward_basis(self, header: Header, directory: Directory) -> None:
        """Whatever is known."""
        known = TakesAnyBasis(self.organisation, self.tokens, bases())
        Authorisation.check_inward_basis(known, header, directory)


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, authorisation=as_a(TakesAnyBasis, functions.authorisation))
