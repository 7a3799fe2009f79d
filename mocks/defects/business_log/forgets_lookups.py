"""POR-04: what residents are shown is not recorded."""

from dataclasses import replace

from mocks.gateway.business_log import BusinessLog
from mocks.gateway.functions import Functions, as_a
from mocks.gateway.record_store import Items

REQUIREMENT = "POR-04"
SUMMARY = "自己情報の閲覧を業務ログに残さない"


class OfficialOnly(BusinessLog):
    """Logs what offices do."""

    def shown(self, lookup_id: str, local_id: str, information: str, items: Items) -> None:
        """Nothing."""


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, business_log=as_a(OfficialOnly, functions.business_log))
