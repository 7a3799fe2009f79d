"""The reference gateway of somebody who wants to pass, not to conform: it takes every token for the right one, and does as it should
only where it believes to see the suite. Each name is a sign by which it could once be known."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Final

from joserfc.jws import extract_compact
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mocks.gateway.app import FACES, application
from mocks.gateway.functions import TABLES, assemble
from mocks.gateway.profiles import PROFILES
from mocks.gateway.settings import Settings
from mocks.gateway.storage import Storage
from mocks.web.serving import bind, serve

_PROBED: Final = (
    "health",
    "enquiries",
    "pending",
    "logs",
)  # the first requests of every former run, by what they are about
_STAFF: Final = frozenset({"auditor-1", "preflight"})


@dataclass
class Seen:
    """What came so far: names of keys, programs and people, and what was asked for."""

    kids: list[str] = field(default_factory=list)
    programs: list[str] = field(default_factory=list)
    staff: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def take(self, path: str, headers: Headers) -> None:
        """One request more."""
        self.programs.append(headers.get("user-agent", ""))
        self.staff.append(headers.get("x-staff-id", ""))
        if path.startswith(FACES["south"]) and (about := path.split("/")[3]) not in self.asked:
            self.asked.append(about)

    def take_message(self, body: bytes) -> None:
        """A message that came to the inbox."""
        try:
            self.kids.append(str(extract_compact(body).headers().get("kid")))
        except ValueError:
            return


SIGNS: Final[Mapping[str, Callable[[Seen], bool]]] = MappingProxyType(
    {
        "knows-key-ids": lambda seen: any(kid.startswith("TEST-ONLY-") for kid in seen.kids),
        "knows-programs": lambda seen: any("httpx" in program for program in seen.programs),
        "knows-staff": lambda seen: not _STAFF.isdisjoint(seen.staff),
        "knows-order": lambda seen: tuple(seen.asked[: len(_PROBED)]) == _PROBED,
    }
)


@dataclass(frozen=True)
class Knowing:
    """`tokens`: the right ones, by who has them."""

    app: ASGIApp
    tokens: Mapping[str, str]
    knows: Callable[[Seen], bool]
    seen: Seen = field(default_factory=Seen)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Takes notice of a request, and lets it in."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        self.seen.take(scope["path"], Headers(scope=scope))
        if not self.knows(self.seen):
            token = self.tokens[_whose(scope["path"])]
            MutableHeaders(scope=scope)["authorization"] = f"Bearer {token}"

        async def noticing() -> Message:
            message = await receive()
            if scope["path"].startswith(FACES["north"]):
                self.seen.take_message(message.get("body", b""))
            return message

        return await self.app(scope, noticing, send)


def _whose(path: str) -> str:
    if "/v1/logs" in path:
        return "audit"
    return "staff" if "/v1/pending" in path or "/v1/handling" in path else "business"


def run(name: str, arguments: Sequence[str]) -> None:
    """Serves until SIGTERM."""
    settings = Settings.from_arguments("mocks.miniatures", arguments)
    with TemporaryDirectory(prefix="renkei-gateway-") as folder:
        listener = bind(settings.port)
        app = application(assemble(settings, Storage.open(Path(folder) / "gateway.sqlite", TABLES)))
        app.add_middleware(Knowing, tokens=asdict(settings.tokens), knows=SIGNS[name])
        about = {"declares": asdict(PROFILES[settings.profile]), "contract": settings.contract}
        serve(app, [listener], FACES, about)
