"""CON-28: an answer that is no directory takes the place of the one that was had."""

from mocks.defects.defect import breaks
from mocks.gateway.directory import Directory
from mocks.gateway.network_connection import NetworkConnection


class ForgetfulConnection(NetworkConnection):
    """What the network says last is what holds."""

    async def directory(self) -> Directory:
        """Fetched anew where the last answer was none."""
        if self.cache.known is None:
            self.storage.run("DELETE FROM directory")
        return await super().directory()

    async def renewed(self, known: Directory) -> Directory | None:
        """None, and none from now on, where the answer is no directory."""
        directory = await self._fetched()
        if directory is None:
            self.cache.known = None
        return directory


DEFECT = breaks(
    "CON-28",
    "団体の一覧を取得し直せないと、持っていた一覧も失う",
    network=ForgetfulConnection,
)
