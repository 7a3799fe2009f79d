"""情報提供ネットワークシステム接続 (§4-3 連携インターフェース機能 No.1)."""

import asyncio
import contextlib
import json
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, ClassVar

from harness.contract.json_binding import CONTENT_TYPE, peek
from harness.contract.messages import Header, parse_timestamp
from harness.contract.refusals import RefusedError
from harness.contract.schemas import problem_with
from harness.contract.strict_json import UnreadableJsonError, read_json
from mocks.gateway.directory import Directory
from mocks.gateway.platform_messaging import PlatformMessaging
from mocks.gateway.storage import Storage, dump
from mocks.web.http_client import HttpClient, UnreachableError

DIRECTORY_SECONDS = (
    30.0  # age (own) at which the directory is fetched anew: half of what a new key may take (guide §12)
)
RENEWED_SECONDS = (
    5.0  # between fetches for the sake of a key or organisation that it does not have (guide §12)
)
PATIENCE_SECONDS = 2.0  # for such a fetch: whoever asked waits for an answer
FIRST_WAIT, LONGEST_WAIT = 0.05, 2.0  # seconds between attempts, doubling (own)


@dataclass(frozen=True)
class Delivery:
    """What became of one attempt: taken by the network, refused for good (error object), or neither."""

    taken: bool = False
    refusal: dict[str, str] | None = None

    @property
    def is_final(self) -> bool:
        """False where the same bytes are to be sent again."""
        return self.taken or self.refusal is not None


@dataclass(frozen=True)
class Known:
    """A directory and when it was fetched (time.monotonic)."""

    directory: Directory
    fetched: float


@dataclass
class DirectoryCache:
    """The directory of this process; the one value here that changes."""

    known: Known | None = None


@dataclass(frozen=True)
class NetworkConnection:
    """Send to and receive from the network."""

    TABLES: ClassVar[str] = """
        CREATE TABLE IF NOT EXISTS directory (id INTEGER PRIMARY KEY CHECK (id = 1), document TEXT NOT NULL);
    """

    http: HttpClient
    storage: Storage
    messaging: PlatformMessaging
    cache: DirectoryCache = field(default_factory=DirectoryCache)

    def check_fresh(self, header: Header) -> None:
        """Check 5. Raises RefusedError EXPIRED."""
        if has_expired(header):
            raise RefusedError("EXPIRED")

    def check_not_replayed(self, header: Header) -> None:
        """Check 6. Raises RefusedError REPLAYED."""
        if self.messaging.was_handed_inward(header.message_id):
            raise RefusedError("REPLAYED")

    def receipt_of(self, header: Header) -> str:
        """What a 202 of the inbox names: the message that was accepted."""
        return header.message_id

    async def directory(self) -> Directory:
        """The network's directory, fetched on first use. Raises RefusedError UNDELIVERED where there is none."""
        known = self.cache.known
        if known and time.monotonic() - known.fetched < DIRECTORY_SECONDS:
            return known.directory
        directory = await self._fetched() or (known.directory if known else self._kept())
        if directory is None:
            raise RefusedError("UNDELIVERED", "情報提供ネットワークシステムの団体一覧を取得できない")
        self.cache.known = Known(directory, time.monotonic())
        return directory

    async def directory_naming(self, code: str) -> Directory:
        """The same, fetched anew where it does not name an organisation. Raises RefusedError UNDELIVERED."""
        directory = await self.directory()
        return directory if code in directory.parties else await self.renewed(directory) or directory

    async def renewed(self, known: Directory) -> Directory | None:
        """Another directory than the one that lacks a key or an organisation; None where there is none yet."""
        cached = self.cache.known
        if cached and cached.directory is not known:
            return cached.directory
        if cached and time.monotonic() - cached.fetched < RENEWED_SECONDS:
            return None
        self.cache.known = Known(known, time.monotonic())  # whoever comes meanwhile does not fetch as well
        directory = None
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE_SECONDS):
                directory = await self._fetched()
        if directory:
            self.cache.known = Known(directory, time.monotonic())
        return directory

    async def deliver(self, token: str) -> Delivery:
        """One attempt to hand a message over."""
        try:
            answer = await self.http.post("/v1/inbox", CONTENT_TYPE, token.encode())
        except UnreachableError:
            return Delivery()
        error = _object(answer.body)
        if answer.status == 202:
            return Delivery(taken=_is_receipt(error, token))
        if not 400 <= answer.status < 500 or problem_with("error", error):
            return Delivery()
        # Message ids are new UUIDs, so these bytes arrived before: the process was killed, or the connection
        # lost, between the network's 202 and our note of it.
        if error["code"] == "REPLAYED":
            return Delivery(taken=True)
        return Delivery(refusal=error)

    async def redeem(self, request: str) -> str:
        """The link code for a signed request (guide §5). Raises RefusedError LINK_CODE_UNAVAILABLE."""
        try:
            answer = await self.http.post("/v1/link-codes", CONTENT_TYPE, request.encode())
        except UnreachableError as error:
            raise RefusedError("LINK_CODE_UNAVAILABLE", "接続できない") from error
        body = _object(answer.body)
        if not 200 <= answer.status < 300 or problem_with("link-code", body):
            raise RefusedError("LINK_CODE_UNAVAILABLE", f"HTTP {answer.status}")
        return str(body["link_code"])

    def wait_before(self, attempt: int) -> float:
        """Seconds before the attempt of this number; the first retry is number 1."""
        return float(min(LONGEST_WAIT, FIRST_WAIT * 2 ** (attempt - 1)))

    async def _fetched(self) -> Directory | None:
        try:
            answer = await self.http.get("/v1/directory")
        except UnreachableError:
            return None
        directory = _directory(_object(answer.body)) if answer.status == 200 else None
        if directory:
            self.storage.run("INSERT OR REPLACE INTO directory VALUES (1, ?)", dump(_object(answer.body)))
        return directory

    def _kept(self) -> Directory | None:
        """The last directory of an earlier process: the network may be out for hours after a restart."""
        row = self.storage.row("SELECT document FROM directory")
        return _directory(json.loads(row["document"])) if row else None


def _is_receipt(body: Any, token: str) -> bool:
    """Does a 202 say that this very message was stored?"""
    return not problem_with("accepted", body) and body["message_id"] == peek(token)["header"]["message_id"]


def has_expired(header: Header) -> bool:
    """Has expires_at passed? Raises RefusedError MALFORMED where it is no moment that Python knows."""
    return expiry(header) <= datetime.now(UTC).timestamp()


def expiry(header: Header) -> float:
    """expires_at in seconds since 1970. Raises RefusedError MALFORMED."""
    try:
        return parse_timestamp(header.expires_at).timestamp()
    except (ValueError, OverflowError) as error:
        raise RefusedError("MALFORMED", "expires_at を時刻として読めない") from error


def _directory(document: Any) -> Directory | None:
    if problem_with("directory", document):
        return None
    try:
        return Directory.from_wire(document)
    except ValueError:
        return None


def _object(body: bytes) -> Any:
    try:
        return read_json(body)
    except UnreadableJsonError:
        return None
