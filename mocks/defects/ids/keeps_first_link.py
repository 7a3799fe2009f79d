"""ID-08: the first link code of a resident is kept whatever comes."""

from mocks.defects.defect import breaks
from mocks.gateway.id_conversion import IdConversion


class Stubborn(IdConversion):
    """Never changes a link."""

    def register(self, local_id: str, subject: dict[str, str], link_code: str) -> bool:
        """With the code that is there."""
        row = self.storage.row("SELECT link_code FROM subjects WHERE local_id = ?", local_id)
        return super().register(local_id, subject, row["link_code"] if row else link_code)


DEFECT = breaks("ID-08", "誤ったひも付けを登録し直しても改めない", ids=Stubborn)
