"""ID-07: a resident who registers again is taken for a new one."""

from dataclasses import replace
from typing import Any

from mocks.gateway.functions import Functions, as_a
from mocks.gateway.id_conversion import IdConversion

REQUIREMENT = "ID-07"
SUMMARY = "登録済みの人の再登録を新しい登録とする"


class AlwaysNew(IdConversion):
    """Counts registrations, not residents."""

    def register(self, local_id: str, subject: dict[str, Any], link_code: str) -> bool:
        """New each time."""
        super().register(local_id, subject, link_code)
        return True


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, ids=as_a(AlwaysNew, functions.ids))
