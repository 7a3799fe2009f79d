"""ID-03: what carries an answer is labelled, outside of the message, with whom it is about."""

from dataclasses import replace
from urllib.parse import quote

from harness.contract.json_binding import peek
from harness.contract.messages import Kind
from mocks.defects.defect import breaks
from mocks.defects.network.labels_enquiries import LabellingClient
from mocks.gateway.functions import as_a
from mocks.gateway.network_connection import Delivery, NetworkConnection


class LabellingConnection(NetworkConnection):
    """Helps whoever looks for a message in the logs of a proxy."""

    async def deliver(self, token: str) -> Delivery:
        """An answer goes out with the kana of a name beside it."""
        header = peek(token)["header"]
        row = self.storage.row("SELECT kana FROM subjects WHERE link_code = ?", header["link_code"])
        if header["kind"] != Kind.ANSWER or row is None:
            return await super().deliver(token)
        http = as_a(LabellingClient, self.http, label=quote(row["kana"]))
        return await NetworkConnection.deliver(replace(self, http=http), token)


DEFECT = breaks(
    "ID-03",
    "照会応答を送る HTTP ヘッダーに、氏名のカナをパーセント符号化で付ける",
    network=LabellingConnection,
)
