"""ID-01: answers carry one and the same link code, whoever they are about."""

from dataclasses import replace

from mocks.gateway.functions import Functions, as_a
from mocks.gateway.id_conversion import IdConversion

REQUIREMENT = "ID-01"
SUMMARY = "応答のとき識別番号をリンクコードに変換せず、誰についても同じ一人のコードを付ける"


class OneCodeForAll(IdConversion):
    """Took the first row of the table and forgot the condition."""

    def code_for_answer(self, local_id: str) -> str:
        """The link code of the resident with the lowest 識別番号."""
        row = self.storage.row("SELECT link_code FROM subjects ORDER BY local_id")
        return str(row["link_code"]) if row else super().code_for_answer(local_id)


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, ids=as_a(OneCodeForAll, functions.ids))
