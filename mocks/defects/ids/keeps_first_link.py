"""ID-08: the first link code of a resident is kept whatever comes."""

from dataclasses import replace
from typing import Any

from mocks.gateway.functions import Functions, as_a
from mocks.gateway.id_conversion import IdConversion

REQUIREMENT = "ID-08"
SUMMARY = "誤ったひも付けを登録し直しても改めない"


class Stubborn(IdConversion):
    """Never changes a link."""

    def register(self, local_id: str, subject: dict[str, Any], link_code: str) -> bool:
        """With the code that is there."""
        row = self.storage.row("SELECT link_code FROM subjects WHERE local_id = ?", local_id)
        return super().register(local_id, subject, row["link_code"] if row else link_code)


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, ids=as_a(Stubborn, functions.ids))
