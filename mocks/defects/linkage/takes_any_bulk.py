"""STO-20: a bulk request of any size is taken."""

from typing import Any

from mocks.defects.defect import breaks
from mocks.gateway.linkage import Linkage


class Unbounded(Linkage):
    """Takes what comes."""

    def check_request(self, schema: str, body: Any) -> None:
        """Without a look at how much it is."""
        if schema == "records" and isinstance(body, dict) and len(body.get("records", ())) > 10_000:
            return
        super().check_request(schema, body)


DEFECT = breaks("STO-20", "上限を超える一括登録を受け付ける", linkage=Unbounded)
