"""AUTH-11: an expired session still serves."""

from collections.abc import Mapping

from mocks.defects.defect import breaks
from mocks.gateway.authorisation import Authorisation


class EndlessSession(Authorisation):
    """Never logs anybody out."""

    def check_session(self, headers: Mapping[str, str]) -> None:
        """Whoever was there once is there for ever."""


DEFECT = breaks("AUTH-11", "利用者認証の期限が切れた職員の要求に応じる", authorisation=EndlessSession)
