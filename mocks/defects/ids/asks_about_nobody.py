"""ID-10: an enquiry about somebody unknown goes out under an invented code."""

import secrets
from dataclasses import replace

from mocks.gateway.functions import Functions, as_a
from mocks.gateway.id_conversion import IdConversion

REQUIREMENT = "ID-10"
SUMMARY = "登録のない人について照会する"


class Inventing(IdConversion):
    """Leaves it to the network to find out."""

    def code_for_enquiry(self, local_id: str) -> str:
        """One that looks right."""
        return super().code_for_enquiry(local_id) if self.is_known(local_id) else secrets.token_urlsafe(18)


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, ids=as_a(Inventing, functions.ids))
