"""NTC-02: a 連絡 is filed under somebody else."""

from harness.contract.messages import Message
from mocks.defects.defect import breaks
from mocks.gateway.notices import Notices


class Misfiling(Notices):
    """Files by what lies on top."""

    def keep(self, message: Message, local_id: str) -> None:
        """Under the first resident of the register."""
        row = self.storage.row("SELECT min(local_id) AS first FROM subjects WHERE local_id <> ?", local_id)
        super().keep(message, row["first"] if row and row["first"] else "0")


DEFECT = breaks("NTC-02", "届いた連絡を別の人についてのものとして渡す", notices=Misfiling)
