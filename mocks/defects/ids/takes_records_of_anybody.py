"""STO-14: records of somebody unknown are taken."""

from mocks.defects.defect import breaks
from mocks.gateway.id_conversion import IdConversion


class EverybodyExists(IdConversion):
    """Stores first and asks later."""

    def is_known(self, local_id: str) -> bool:
        """Everybody."""
        return True


DEFECT = breaks("STO-14", "登録のない人の情報を受け付ける", ids=EverybodyExists)
