"""NET-03: a directory that was fetched once is kept for as long as the process lives, revoked keys and all."""

from mocks.defects.defect import breaks
from mocks.gateway.directory import Directory
from mocks.gateway.network_connection import NetworkConnection


class SettledConnection(NetworkConnection):
    """Organisations do not change that often."""

    async def directory(self) -> Directory:
        """The first one."""
        return self.cache.known.directory if self.cache.known else await super().directory()

    async def renewed(self, known: Directory) -> Directory | None:
        """There is one already."""
        return None


DEFECT = breaks(
    "NET-03",
    "団体の一覧を一度しか取得せず、鍵の失効や変更を知らない",
    contract="2",
    network=SettledConnection,
)
