"""Everything that a gateway says to the network, as it came: also where no message came of it, and beside the message."""

import hmac
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from harness.contract.json_binding import LONGEST_MESSAGE, peek
from harness.contract.refusals import RefusedError
from mocks.web.overhearing import OVERHEARD, Overheard

LONGEST_KEPT = 64_000  # bytes of a message that nobody else keeps; what is beyond is said to be missing
_COMPACT = re.compile(r"[\w.-]+", re.ASCII)

Sides = Mapping[int, str]  # port at which a gateway reaches the network → which of two it is
ONE: Final[Sides] = MappingProxyType({})
Hear = Callable[[dict[str, object]], None]
Holds = Callable[[str], bool]


@dataclass(frozen=True)
class Hearing:
    """ASGI: what is asked of the north face, told to `hear` before it is answered. `holds`: is a message among the
    exchanges already, whose body need not be kept twice? `token`: of the bench, whose own requests are none of a gateway's;
    `sides`: of two gateways, which one reaches the network at which port."""

    app: ASGIApp
    hear: Hear
    holds: Holds
    token: str
    sides: Sides

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Everything that the bench did not ask itself, on whichever path."""
        if scope["type"] != "http" or self._is_ours(scope):
            await self.app(scope, receive, send)
            return
        came = await _whole(receive)
        body = b"".join(message.get("body", b"") for message in came)

        async def again() -> Message:
            return came.pop(0) if came else await receive()

        async def noting(message: Message) -> None:
            if message["type"] == "http.response.start":
                self.hear(self._entry(scope, body, message["status"]))
            await send(message)

        await self.app(scope, again, noting)

    def _is_ours(self, scope: Scope) -> bool:
        given = dict(scope["headers"]).get(b"authorization", b"")
        return hmac.compare_digest(given, f"Bearer {self.token}".encode())

    def _entry(self, scope: Scope, body: bytes, status: int) -> dict[str, object]:
        token = body.decode("ascii", errors="replace")
        kept = None if body.isascii() and self.holds(token) else legible(body)
        target = legible(scope.get("raw_path", b"") or scope["path"].encode())
        query = legible(scope.get("query_string", b""))
        asked = f"{scope['method']} {target}{'?' * bool(query)}{query}"
        side = side_of(scope, self.sides)
        return heard("from_gateway", asked, token, status, _framing(scope), side) | {"body": kept}


def side_of(scope: Scope, sides: Sides) -> str:
    """Which of two gateways asks; empty where there is one."""
    server = scope.get("server")
    return sides.get(server[1], "") if server else ""


def heard(  # noqa: PLR0913  # the members of an entry
    direction: str, asked: str, token: str, status: int | None, wire: bytes, side: str = ""
) -> dict[str, object]:
    """An entry: `asked` is the request, the message is told by what it claims to be."""
    header = _claimed(token)
    about = {name: header.get(name) for name in ("message_id", "correlation_id", "kind")}
    said = {"direction": direction, "asked": asked, "status": status, **about, "wire": legible(wire)}
    return {"side": side, **said} if side else said


def legible(raw: bytes) -> str:
    """Each byte as the character of its number (ISO 8859-1)."""
    return raw[:LONGEST_KEPT].decode("latin-1")


def _claimed(token: str) -> dict[str, object]:
    """The header of a message, nothing of it verified."""
    try:
        header = peek(token).get("header") if _COMPACT.fullmatch(token) else None
    except RefusedError:
        return {}
    if not isinstance(header, dict):
        return {}
    return {name: value for name, value in header.items() if isinstance(value, str)}


def _framing(scope: Scope) -> bytes:
    """As it came over the connection; without one, as httpx hands it over, what a connection would have said."""
    overheard = scope.get(OVERHEARD)
    if isinstance(overheard, Overheard):
        return overheard.framing()
    fields = [b"%s: %s" % (name, value) for name, value in scope["headers"]]
    return b"\r\n".join([scope.get("query_string", b""), *fields])


async def _whole(receive: Receive) -> list[Message]:
    """The body as it comes, and no more of it than is read anyway."""
    came, size = [await receive()], 0
    while came[-1].get("more_body") and size <= LONGEST_MESSAGE:
        size += len(came[-1].get("body", b""))
        came.append(await receive())
    return came
