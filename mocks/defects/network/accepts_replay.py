"""NET-02: message ids are not remembered."""

from dataclasses import replace

from harness.contract.messages import Header
from mocks.gateway.functions import Functions, as_a
from mocks.gateway.network_connection import NetworkConnection

REQUIREMENT = "NET-02"
SUMMARY = "同じ電文を何度でも受け付ける"


class ForgetfulConnection(NetworkConnection):
    """Has no memory."""

    def check_not_replayed(self, header: Header) -> None:
        """Every message is new."""


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, network=as_a(ForgetfulConnection, functions.network))
