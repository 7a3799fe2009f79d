"""CON-07: switching back to automatic clears the list."""

from dataclasses import replace

from mocks.gateway.functions import Functions, as_a
from mocks.gateway.linkage import Handling, Linkage

REQUIREMENT = "CON-07"
SUMMARY = "自動に戻すと、待っている照会依頼を捨てる"


class Sweeping(Linkage):
    """Tidies up."""

    def set_handling(self, scope: str, key: str, mode: str, reason: str) -> None:
        """Nothing waits where all is automatic."""
        super().set_handling(scope, key, mode, reason)
        if mode == Handling.AUTOMATIC:
            self.storage.run("UPDATE pending SET decision = '自動' WHERE local_id = ?", key)


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, linkage=as_a(Sweeping, functions.linkage))
