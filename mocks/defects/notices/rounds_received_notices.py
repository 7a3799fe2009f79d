"""UC-04: amounts of a 連絡 are handed over in thousands."""

from dataclasses import replace

from harness.contract.messages import Items, Message
from mocks.defects.defect import breaks
from mocks.gateway.notices import Notices


class RoundedIn(Notices):
    """Keeps round figures."""

    def keep(self, message: Message, local_id: str) -> None:
        """Whole thousands."""
        items: Items = message.content["items"]
        cut = {n: v // 1000 * 1000 if isinstance(v, int) else v for n, v in items.items()}
        super().keep(replace(message, content={**message.content, "items": cut}), local_id)


DEFECT = breaks("UC-04", "届いた連絡の数値を千の単位に切り捨てて渡す", notices=RoundedIn)
