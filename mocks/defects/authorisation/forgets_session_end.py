"""AUTH-11: an expired session still serves."""

from collections.abc import Mapping
from dataclasses import replace

from mocks.gateway.authorisation import Authorisation
from mocks.gateway.functions import Functions, as_a

REQUIREMENT = "AUTH-11"
SUMMARY = "利用者認証の期限が切れた職員の要求に応じる"


class EndlessSession(Authorisation):
    """Never logs anybody out."""

    def check_session(self, headers: Mapping[str, str]) -> None:
        """Whoever was there once is there for ever."""


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, authorisation=as_a(EndlessSession, functions.authorisation))
