"""LOG-11: a seal covers its own entry only, so that a deleted one leaves no gap."""

from dataclasses import replace
from typing import Any

from harness.contract.log_seal import seal
from mocks.gateway.access_log import AccessLog
from mocks.gateway.functions import Functions, as_a

REQUIREMENT = "LOG-11"
SUMMARY = "記録を前の記録と連ねずに封印する"


class LooseSeals(AccessLog):
    """Seals each entry by itself."""

    def sealed(self, previous: str, entry: dict[str, Any]) -> str:
        """Without the seal before."""
        return seal("", entry)


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, access_log=as_a(LooseSeals, functions.access_log))
