"""The reference gateway in process: its own client knows no httpx, which alone finds the network there."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import httpx
import pytest
from starlette.types import ASGIApp, Receive, Scope, Send

from harness.contract.keys import bench_keys
from harness.contract.statement import Statement
from harness.contract.versions import FIRST
from mocks.gateway import functions
from mocks.gateway.app import application
from mocks.gateway.settings import Settings
from mocks.gateway.storage import Storage
from mocks.web.http_client import Answer, HttpClient, UnreachableError
from renkei.bench import Gateway
from renkei.network import BASE_URL
from tests.kit.installed import ROOT


class OverHttpx(HttpClient):
    """The same by httpx."""

    async def _exchange(
        self,
        method: str,
        path: str,
        headers: list[tuple[bytes | str, bytes | str]],
        body: bytes | AsyncIterator[bytes] | None,
    ) -> Answer:
        sent = {str(name): str(value) for name, value in headers}
        try:
            async with httpx.AsyncClient() as client:
                answer = await client.request(method, self.base + path, headers=sent, content=body)
        except httpx.HTTPError as error:
            raise UnreachableError(type(error).__name__) from error
        return Answer(answer.status_code, answer.content)


@dataclass
class OnItsThread:
    """An application that is made where it is used first: connections of sqlite3 stay in their thread."""

    make: Callable[[], ASGIApp]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.made(scope, receive, send)

    @cached_property
    def made(self) -> ASGIApp:
        return self.make()


def reference(folder: Path, monkeypatch: pytest.MonkeyPatch, contract: str = FIRST) -> Gateway:
    """As the statement of the compose file declares it, by this version of the contract: everything."""
    monkeypatch.setattr(functions, "HttpClient", OverHttpx)
    statement = replace(Statement.load(ROOT / "container" / "gateway.toml"), contract=contract)
    own = statement.organisation
    settings = Settings(BASE_URL, own, bench_keys(own), statement.tokens, contract=contract)

    def make() -> ASGIApp:
        storage = Storage.open(folder / "gateway.sqlite", functions.TABLES)
        return application(functions.assemble(settings, storage))

    return Gateway(OnItsThread(make), statement)
