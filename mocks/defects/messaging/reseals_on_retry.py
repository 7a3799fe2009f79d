"""NET-09: every retry sends other bytes."""

from dataclasses import replace

from mocks.gateway.functions import Functions, as_a
from mocks.gateway.platform_messaging import Handed, PlatformMessaging

REQUIREMENT = "NET-09"
SUMMARY = "送り直すたびに電文を作り直す"


class ForgetfulMessaging(PlatformMessaging):
    """Seals anew at each attempt."""

    def sealed_before(self, handed: Handed) -> str | None:
        """Nothing is kept."""
        return None


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, messaging=as_a(ForgetfulMessaging, functions.messaging))
