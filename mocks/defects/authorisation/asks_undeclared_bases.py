"""BAS-04: every basis that is known counts, declared or not."""

from dataclasses import replace

from harness.contract.law import bases
from harness.contract.messages import Header
from mocks.defects.defect import breaks
from mocks.gateway.authorisation import Authorisation
from mocks.gateway.directory import Directory


class CitesAnyBasis(Authorisation):
    """Carries all bases that there are."""

    def check_outward_basis(self, header: Header, directory: Directory) -> None:
        """Whatever is known."""
        known = replace(self, tables=bases())
        Authorisation.check_outward_basis(known, header, directory)


DEFECT = breaks(
    "BAS-04", "宣言していない根拠による照会を送る", profile="table-only", authorisation=CitesAnyBasis
)
