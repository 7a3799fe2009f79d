"""ID-12: residents of one address are taken for one."""

from mocks.defects.defect import breaks
from mocks.gateway.id_conversion import IdConversion


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


DEFECT = breaks("ID-12", "同じ住所の家族の情報を提供する", ids=HouseholdOnly)
