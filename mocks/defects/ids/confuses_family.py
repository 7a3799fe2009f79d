"""ID-12: residents of one address are taken for one."""

from dataclasses import replace

from mocks.gateway.functions import Functions, as_a
from mocks.gateway.id_conversion import IdConversion

REQUIREMENT = "ID-12"
SUMMARY = "同じ住所の家族の情報を提供する"


class HouseholdOnly(IdConversion):
    """Knows households."""

    def local_id_of(self, link_code: str) -> str:
        """The first of the address."""
        own = super().local_id_of(link_code)
        row = self.storage.row(
            "SELECT min(local_id) AS first FROM subjects WHERE address = "
            "(SELECT address FROM subjects WHERE local_id = ?)",
            own,
        )
        return str(row["first"]) if row and row["first"] else own


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, ids=as_a(HouseholdOnly, functions.ids))
