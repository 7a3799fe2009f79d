"""ID-09: a link code moves to whoever registers with it last."""

from mocks.defects.defect import breaks
from mocks.gateway.id_conversion import IdConversion


class Grabbing(IdConversion):
    """Believes the last registration."""

    def register(self, local_id: str, subject: dict[str, str], link_code: str) -> bool:
        """Takes the code away from whoever has it."""
        self.storage.run("DELETE FROM subjects WHERE link_code = ? AND local_id <> ?", link_code, local_id)
        return super().register(local_id, subject, link_code)


DEFECT = breaks("ID-09", "ほかの人のリンクコードを引き継ぐ", ids=Grabbing)
