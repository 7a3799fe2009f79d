"""NET-07: the receipt names a number of the gateway instead of the message."""

from dataclasses import replace

from harness.contract.messages import Header, new_id
from mocks.gateway.functions import Functions, as_a
from mocks.gateway.network_connection import NetworkConnection

REQUIREMENT = "NET-07"
SUMMARY = "受信を、受け付けた電文のものでない番号で確認する"


class SelfNumbering(NetworkConnection):
    """Numbers what it receives by itself."""

    def receipt_of(self, header: Header) -> str:
        """A new number."""
        return new_id()


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, network=as_a(SelfNumbering, functions.network))
