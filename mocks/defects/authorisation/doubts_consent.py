"""BAS-01: a basis that is declared is not used for asking."""

from dataclasses import replace

from harness.contract.messages import Header
from harness.contract.refusals import RefusedError
from mocks.gateway.authorisation import Authorisation
from mocks.gateway.directory import Directory
from mocks.gateway.functions import Functions, as_a

REQUIREMENT = "BAS-01"
SUMMARY = "宣言した根拠（本人同意）による照会を送らない"


class ByLawOnly(Authorisation):
    """Holds consent for no basis."""

    def check_outward_basis(self, header: Header, directory: Directory) -> None:
        """Refuses 本人同意."""
        if header.basis.table == "本人同意":
            raise RefusedError("BASIS_NOT_LAWFUL")
        super().check_outward_basis(header, directory)


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, authorisation=as_a(ByLawOnly, functions.authorisation))
