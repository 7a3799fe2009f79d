"""NET-01: `expires_at` is not compared with the clock."""

from dataclasses import replace

from harness.contract.messages import Header
from mocks.gateway.functions import Functions, as_a
from mocks.gateway.network_connection import NetworkConnection

REQUIREMENT = "NET-01"
SUMMARY = "有効期限の切れた電文を受け付ける"


class TimelessConnection(NetworkConnection):
    """Has no clock."""

    def check_fresh(self, header: Header) -> None:
        """Nothing ever expires."""


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, network=as_a(TimelessConnection, functions.network))
