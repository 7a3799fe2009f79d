"""ID-06: what carries an enquiry is labelled, outside of the message, with whom it is about."""

import base64
from dataclasses import dataclass, replace

from harness.contract.framing import Framing
from harness.contract.json_binding import peek
from harness.contract.messages import Kind
from mocks.defects.defect import breaks
from mocks.gateway.functions import as_a
from mocks.gateway.network_connection import Delivery, NetworkConnection
from mocks.web.http_client import Answer, HttpClient


@dataclass(frozen=True)
class LabellingClient(HttpClient):
    """Whatever it posts has a label."""

    label: str = ""

    async def post(
        self, path: str, content_type: str, body: bytes, framing: Framing = Framing.WHOLE
    ) -> Answer:
        """Raises UnreachableError."""
        return await super().post(path, f"{content_type}; ref={self.label}", body, framing)


class LabellingConnection(NetworkConnection):
    """Helps whoever looks for a message in the logs of a proxy."""

    async def deliver(self, token: str) -> Delivery:
        """An enquiry goes out with the 識別番号 beside it."""
        header = peek(token)["header"]
        row = self.storage.row("SELECT local_id FROM subjects WHERE link_code = ?", header["link_code"])
        if header["kind"] != Kind.ENQUIRY or row is None:
            return await super().deliver(token)
        label = base64.urlsafe_b64encode(f"no:{row['local_id']}".encode()).decode().rstrip("=")
        http = as_a(LabellingClient, self.http, label=label)
        return await NetworkConnection.deliver(replace(self, http=http), token)


DEFECT = breaks(
    "ID-06", "照会依頼を送る HTTP ヘッダーに、識別番号を base64 で付ける", network=LabellingConnection
)
