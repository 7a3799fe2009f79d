"""ID-02: a person is looked up by name and date of birth."""

from mocks.defects.defect import breaks
from mocks.gateway.id_conversion import IdConversion


class NameMatching(IdConversion):
    """Takes equal names and dates of birth for one person."""

    def local_id_of(self, link_code: str) -> str:
        """The last resident who has the name and date of birth of the one who is meant."""
        row = self.storage.row(
            "SELECT other.local_id FROM subjects AS meant JOIN subjects AS other "
            "ON other.name = meant.name AND other.birth_date = meant.birth_date "
            "WHERE meant.link_code = ? ORDER BY other.local_id = meant.local_id",
            link_code,
        )
        return str(row["local_id"]) if row else super().local_id_of(link_code)


DEFECT = breaks(
    "ID-02", "対象者を氏名と生年月日で検索し、同姓同名・同一生年月日の別人の情報を提供する", ids=NameMatching
)
