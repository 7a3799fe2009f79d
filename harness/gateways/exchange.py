"""One HTTP exchange with something that is not trusted: a total deadline, a bounded size, a clear problem."""

import json
import time
from dataclasses import dataclass
from typing import Any, Final

import anyio
import httpx

from harness.catalogue.findings import NonconformityError, findings
from harness.contract.messages import CLOCK_SECONDS, instant
from harness.contract.schemas import problem_with
from harness.contract.strict_json import UnreadableJsonError, read_json
from harness.contract.versions import FIRST

_UNCODED = frozenset({"", "identity"})  # guide §2: never compress, nor say so of what is not


@dataclass(frozen=True)
class Limits:
    """Bounds on a gateway (own). Seconds, bytes."""

    request_seconds: float = 5.0
    answer_seconds: float = 5.0
    response_bytes: int = 1_000_000
    clock_seconds: float = CLOCK_SECONDS


@dataclass(frozen=True)
class Reply:
    """What came back: status and JSON body, or the code of the problem (findings.toml) and its detail. `began`: when the request
    was sent (RFC 3339); `media`: the Content-Type of the answer, empty for none; `head`: its other headers as they came, each byte as
    the character of its number; `contract`: the version by whose schemas it is judged."""

    request: str
    status: int | None
    body: Any
    text: str
    seconds: float
    problem: str | None = None
    detail: str = ""
    began: str = ""
    media: str = ""
    head: str = ""
    contract: str = FIRST

    def expect(self, status: int, schema: str | None = None) -> Any:
        """The JSON body. Raises NonconformityError when status or schema are others."""
        self.must_answer()
        if self.status != status:
            raise NonconformityError("UNEXPECTED_STATUS", self.observed(), f"{self.request} に {status}")
        if schema and (problem := problem_with(schema, self.body, self.contract)):
            raise NonconformityError("SCHEMA_MISMATCH", f"{self.request} の応答 {problem}", f"様式 {schema}")
        return self.body

    def expect_refusal(self, status: int, code: str, phase: str) -> None:
        """Raises NonconformityError unless refused with exactly this status, code and phase."""
        self.must_answer()
        wanted = f"{self.request} に {status} {code}（{phase}）"
        if self.status is not None and self.status < 400:
            raise NonconformityError("NOT_REFUSED", self.observed(), wanted)
        if problem := problem_with("error", self.body):
            raise NonconformityError("WRONG_REFUSAL", f"{self.observed()}（{problem}）", wanted)
        if (self.status, self.body["code"], self.body["phase"]) != (status, code, phase):
            raise NonconformityError("WRONG_REFUSAL", self.observed(), wanted)

    def must_answer(self) -> None:
        """Raises NonconformityError when there is no HTTP answer in JSON."""
        if self.problem:
            raise NonconformityError(self.problem, f"{self.request}: {self.detail}", "制限内の JSON の応答")

    def observed(self) -> str:
        """The answer in one line: of the body, which the journal keeps, and not of the bytes in which it came."""
        if self.problem:
            return f"{self.request}: {findings()[self.problem].ja}（{self.detail}）"
        return f"{self.request} に {self.status} {json.dumps(self.body, ensure_ascii=False)[:300]}"


async def exchange(client: httpx.AsyncClient, request: httpx.Request, name: str, limits: Limits) -> Reply:
    """Sends one request. Never raises for what the other side does; the deadline covers the whole exchange,
    because httpx's own time-outs start anew with every byte that drips in."""
    started, began = (
        time.perf_counter(),
        instant(),
    )  # in this order, so that it is never told shorter than it was
    status: int | None = None
    problem, detail, received, media, head, coded = None, "", b"", "", "", ""
    try:
        with anyio.fail_after(limits.request_seconds):
            response = await client.send(request, stream=True)
            status, media = response.status_code, response.headers.get("content-type", "")
            head = _head(response)
            coded = response.headers.get("content-encoding", "").strip()
            try:
                received = await _bounded(response, limits.response_bytes)
            finally:
                await response.aclose()
    except TimeoutError:
        problem, detail = "TIMED_OUT", f"{limits.request_seconds:g} 秒以内に応答が終わらない"
    except _TooLargeError:
        problem, detail = "TOO_LARGE", f"{limits.response_bytes:,} バイトを超える"
    except httpx.ConnectError as error:
        problem, detail = "NO_CONNECTION", str(error)[:200] or type(error).__name__
    except httpx.HTTPError as error:
        problem, detail = "BROKEN_RESPONSE", f"{type(error).__name__} {error}"[:200]
    seconds = time.perf_counter() - started
    text = received.decode("utf-8", errors="replace")
    if problem:
        return Reply(name, status, None, text, seconds, problem, detail, began, media, head)
    if coded.casefold() not in _UNCODED:
        said = f"Content-Encoding {coded[:40]!r} の本文: {status} {text[:200]!r}"
        return Reply(name, status, None, text, seconds, "NOT_JSON", said, began, media, head)
    try:
        body = read_json(received)
    except UnreadableJsonError as error:
        detail = f"{error}: {status} {text[:200]!r}"
        return Reply(name, status, None, text, seconds, "NOT_JSON", detail, began, media, head)
    return Reply(name, status, body, text, seconds, began=began, media=media, head=head)


_OF_ITS_TIME: Final = frozenset({b"date", b"content-length", b"content-type"})
_LONGEST_HEAD: Final = 8_000  # characters


def _head(response: httpx.Response) -> str:
    """What the gateway may have put there, beside what every answer has."""
    phrase: bytes = response.extensions.get("reason_phrase", b"")
    lines = [b": ".join(pair) for pair in response.headers.raw if pair[0].lower() not in _OF_ITS_TIME]
    return b"\n".join((phrase, *lines)).decode("latin-1")[:_LONGEST_HEAD]


class _TooLargeError(Exception):
    pass


async def _bounded(response: httpx.Response, limit: int) -> bytes:
    """The body as sent. Identity encoding is asked for, and raw bytes are read, so that nothing inflates."""
    received = bytearray()
    async for chunk in response.aiter_raw():
        received += chunk
        if len(received) > limit:
            raise _TooLargeError
    return bytes(received)
