"""ID-07: a resident who registers again is taken for a new one."""

from mocks.defects.defect import breaks
from mocks.gateway.id_conversion import IdConversion


class AlwaysNew(IdConversion):
    """Counts registrations, not residents."""

    def register(self, local_id: str, subject: dict[str, str], link_code: str) -> bool:
        """New each time."""
        super().register(local_id, subject, link_code)
        return True


DEFECT = breaks("ID-07", "登録済みの人の再登録を新しい登録とする", ids=AlwaysNew)
