"""ID-05: who an enquiry is about is looked up by name and date of birth."""

from mocks.defects.defect import breaks
from mocks.gateway.id_conversion import IdConversion


class AskedByName(IdConversion):
    """Asks for whoever has the name that the clerk typed."""

    def code_for_enquiry(self, local_id: str) -> str:
        """The link code of the last resident who has the name and date of birth of the one who is meant."""
        row = self.storage.row(
            "SELECT other.link_code FROM subjects AS meant JOIN subjects AS other "
            "ON other.name = meant.name AND other.birth_date = meant.birth_date "
            "WHERE meant.local_id = ? ORDER BY other.local_id = meant.local_id",
            local_id,
        )
        return str(row["link_code"]) if row else super().code_for_enquiry(local_id)


DEFECT = breaks("ID-05", "照会のとき、氏名と生年月日で探した別人のリンクコードを付ける", ids=AskedByName)
