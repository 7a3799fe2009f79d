"""STO-14: records of somebody unknown are taken."""

from dataclasses import replace

from mocks.gateway.functions import Functions, as_a
from mocks.gateway.id_conversion import IdConversion

REQUIREMENT = "STO-14"
SUMMARY = "登録のない人の情報を受け付ける"


class EverybodyExists(IdConversion):
    """Stores first and asks later."""

    def is_known(self, local_id: str) -> bool:
        """Everybody."""
        return True


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, ids=as_a(EverybodyExists, functions.ids))
