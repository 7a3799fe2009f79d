"""CON-29: resending sends what was answered, too."""

from dataclasses import replace

from mocks.gateway.batches import Batches, BatchRow
from mocks.gateway.functions import Functions, as_a

REQUIREMENT = "CON-29"
SUMMARY = "送り直しで、応答済の行も送る"


class Thorough(Batches):
    """Starts again from the beginning."""

    def to_resend(self, rows: list[tuple[BatchRow, str]]) -> list[BatchRow]:
        """All of them."""
        return [row for row, _ in rows]


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, batches=as_a(Thorough, functions.batches))
