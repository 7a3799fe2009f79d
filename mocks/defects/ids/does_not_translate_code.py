"""ID-01: answers carry one and the same link code, whoever they are about."""

from mocks.defects.defect import breaks
from mocks.gateway.id_conversion import IdConversion


class OneCodeForAll(IdConversion):
    """Took the first row of the table and forgot the condition."""

    def code_for_answer(self, local_id: str) -> str:
        """The link code of the resident with the lowest 識別番号."""
        row = self.storage.row("SELECT link_code FROM subjects ORDER BY local_id")
        return str(row["link_code"]) if row else super().code_for_answer(local_id)


DEFECT = breaks(
    "ID-01",
    "応答のとき識別番号をリンクコードに変換せず、誰についても同じ一人のコードを付ける",
    ids=OneCodeForAll,
)
