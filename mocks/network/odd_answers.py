"""What a network, a proxy before it or a line may answer in place of what the contract says (guide §4): by name, for the control
API. What is not understood is tried again; so is what was lost on the way."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from starlette.responses import Response

from harness.contract.refusals import RefusedError, refusals

_HTML: Final = b"<html><body><h1>Service</h1></body></html>"
_SILENT_SECONDS = 12.0  # longer than a gateway is to wait for an answer of the network
_SLOW_SECONDS = (
    0.7  # far within the 5 seconds in which a gateway answers (guide §2), unless many wait for one another
)


@dataclass(frozen=True)
class OddAnswer:
    """`status`, `body`, `media` and `headers` of the answer; `arrives`: the message is taken all the same; `breaks`: the connection ends
    within the answer; `seconds`: it comes so late."""

    status: int
    body: bytes = _HTML
    media: str = "text/html"
    headers: tuple[tuple[str, str], ...] = ()
    arrives: bool = False
    breaks: bool = False
    seconds: float = 0.0

    @property
    def is_heard(self) -> bool:
        """An answer reaches the gateway at all."""
        return not self.breaks and self.seconds < _SILENT_SECONDS

    def response(self) -> Response:
        """As it goes out. Who says more bytes than it sends has its connection closed by the server."""
        headers = dict(self.headers) | ({"Content-Length": str(len(self.body) + 100)} if self.breaks else {})
        return Response(self.body, self.status, headers, self.media)


_JSON: Final = "application/json"
_OF_ANOTHER: Final = b'{"message_id":"3f1d5c2e-8a47-4b0c-9e55-2f6a1c7d9b01"}'
_UNKNOWN: Final = '{"code":"SUSPENDED_BY_LAW","phase":"情報提供ネットワークシステム接続","reason":"停止中"}'
ODD_ANSWERS: Final[Mapping[str, OddAnswer]] = MappingProxyType(
    {
        "proxy-404": OddAnswer(404),
        "proxy-403": OddAnswer(403),
        "proxy-503": OddAnswer(503),
        "slow-503": OddAnswer(503, seconds=_SLOW_SECONDS),
        "proxy-200": OddAnswer(200),
        "json-200": OddAnswer(200, b'{"organisations":[]}', _JSON),
        "foreign-error": OddAnswer(400, b'{"error":"bad request"}', _JSON),
        "server-error": OddAnswer(500, b'{"code":"MALFORMED"}', _JSON),
        "other-202": OddAnswer(202, _OF_ANOTHER, _JSON),
        "empty-202": OddAnswer(202, b"{}", _JSON),
        "unknown-code": OddAnswer(409, _UNKNOWN.encode(), _JSON),
        "redirect": OddAnswer(302, b"", "text/plain", (("Location", "/v1/elsewhere"),)),
        "broken": OddAnswer(202, b"{", _JSON, breaks=True),
        "lost": OddAnswer(202, b"{", _JSON, arrives=True, breaks=True),
        "silent": OddAnswer(503, seconds=_SILENT_SECONDS),
    }
)


def must_be_an_answer(name: str | None) -> None:
    """Raises RefusedError INVALID_REQUEST for a word that names no answer: an odd one, the code of a refusal, `taken`, or
    `code:` before what is given in place of a link code."""
    if name is None or name in {*refusals(), *ODD_ANSWERS, "taken"} or name.startswith("code:"):
        return
    raise RefusedError("INVALID_REQUEST", f"refusal {name}: 契約にない符号")
