"""ID-09: a link code moves to whoever registers with it last."""

from dataclasses import replace
from typing import Any

from mocks.gateway.functions import Functions, as_a
from mocks.gateway.id_conversion import IdConversion

REQUIREMENT = "ID-09"
SUMMARY = "ほかの人のリンクコードを引き継ぐ"


class Grabbing(IdConversion):
    """Believes the last registration."""

    def register(self, local_id: str, subject: dict[str, Any], link_code: str) -> bool:
        """Takes the code away from whoever has it."""
        self.storage.run("DELETE FROM subjects WHERE link_code = ? AND local_id <> ?", link_code, local_id)
        return super().register(local_id, subject, link_code)


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, ids=as_a(Grabbing, functions.ids))
