"""CON-28: the rows behind a refused one are not sent."""

from dataclasses import replace

from harness.contract.refusals import RefusedError
from mocks.gateway.batches import Batches
from mocks.gateway.functions import Functions, as_a

REQUIREMENT = "CON-28"
SUMMARY = "バッチの失敗した行の後を送らない"


class Stopping(Batches):
    """Stops at the first thing that is wrong."""

    def goes_on_after(self, refused: RefusedError) -> bool:
        """No."""
        return False


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, batches=as_a(Stopping, functions.batches))
