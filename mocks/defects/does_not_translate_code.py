"""ID-01: answers carry a code of our own making instead of the one that the network issued."""

from dataclasses import replace
from hashlib import sha256

from mocks.gateway.functions import Functions, as_a
from mocks.gateway.id_conversion import IdConversion

REQUIREMENT = "ID-01"
SUMMARY = "応答に、発行されたリンクコードではなく、識別番号から計算した値を付ける"


class HomeMadeCodes(IdConversion):
    """Makes up its codes."""

    def code_for_answer(self, local_id: str) -> str:
        """A digest of the 識別番号."""
        return sha256(local_id.encode()).hexdigest()[:32]


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, ids=as_a(HomeMadeCodes, functions.ids))
