"""How large a content is on the line once it is signed, encrypted and signed again (guide §3)."""

import json
from dataclasses import dataclass
from functools import cache

from harness.contract.affairs import affairs
from harness.contract.json_binding import seal
from harness.contract.keys import bench_keys
from harness.contract.law import Basis, item_of, versions
from harness.contract.law.regimes import newest
from harness.contract.messages import Header, Kind, Message, Mode

# Own: request and response lines and headers of one POST as uvicorn and httpx write them, and 40 bytes of TCP/IP
# headers for every 1,460 bytes and every acknowledgement of two.
HTTP_BYTES = 380
_SEGMENT, _SEGMENT_HEADERS = 1460, 40 + 20
_SAMPLE = "221007", "401307"
_TABLE, _INFORMATION = newest(versions()), "地方税関係情報"


@dataclass(frozen=True)
class Envelope:
    """A message of n bytes of content is fixed + factor × n bytes long, HTTP and TCP/IP apart."""

    fixed: float
    factor: float

    def message_bytes(self, content: float) -> float:
        """Of the message itself."""
        return self.fixed + self.factor * content

    def wire_bytes(self, content: float) -> float:
        """On the line, with HTTP and TCP/IP headers."""
        message = self.message_bytes(content) + HTTP_BYTES
        return message + _SEGMENT_HEADERS * -(-message // _SEGMENT)


@cache
def envelope() -> Envelope:
    """Measured on real messages with test keys: base64 thrice makes 64/27 of a content, headers make the rest."""
    short, long = 1_000, 30_000
    one, other = _sealed_bytes(short), _sealed_bytes(long)
    factor = (other - one) / (long - short)
    return Envelope(one - factor * short, factor)


def _sealed_bytes(length: int) -> int:
    """Bytes of a message whose content is JSON of this length."""
    empty = len(json.dumps({"items": {"備考": ""}}, ensure_ascii=False, separators=(",", ":")).encode())
    content = {"items": {"備考": "x" * (length - empty)}}
    sender, recipient = _SAMPLE
    affair = affairs()["児童扶養手当の支給"]
    header = Header(
        message_id="00000000-0000-4000-8000-000000000000",
        correlation_id="00000000-0000-4000-8000-000000000000",
        kind=Kind.ANSWER,
        sender=sender,
        recipient=recipient,
        basis=Basis(_TABLE, item_of(_TABLE, affair.wordings, _INFORMATION)),
        affair=affair.text,
        information=_INFORMATION,
        role="child-rearing-allowance",
        mode=Mode.ONLINE,
        link_code="x" * 24,
        sent_at="2012-08-01T00:00:00.000Z",
        expires_at="2012-08-01T00:01:00.000Z",
    )
    sealed = seal(Message(header, content), bench_keys(sender), bench_keys(recipient).public())
    return len(sealed.encode())
