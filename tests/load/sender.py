"""Sends prepared requests as fast as they are answered, and writes the sent log: a load without Locust, for tests."""

import asyncio
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

import httpcore

from load.prepare.prepared import NORTH, Prepared, read
from load.send.sent import HEAD, Sent

AT_ONCE = 16  # as many as a gateway must take (guide §2)


def send(prepared: Path, folder: Path, north_url: str, south_url: str) -> float:
    """Sends all; seconds that it took."""
    return asyncio.run(_send(prepared, folder, {NORTH: north_url, "south": south_url}))


async def _send(prepared: Path, folder: Path, bases: dict[str, str]) -> float:
    started = time.monotonic()
    waiting = read(prepared)
    async with httpcore.AsyncConnectionPool(max_connections=AT_ONCE, keepalive_expiry=0.5) as pool:
        with (folder / "sent-0.csv").open("w", encoding="utf-8", newline="") as file:
            file.write(HEAD)
            senders = [_sender(pool, waiting, bases, file) for _ in range(AT_ONCE)]
            await asyncio.gather(*senders)
    return time.monotonic() - started


async def _sender(
    pool: httpcore.AsyncConnectionPool, waiting: Iterator[Prepared], bases: dict[str, str], file: TextIO
) -> None:
    for request in waiting:
        sent = await _one(pool, request, bases[request.face])
        file.write(sent.line)


async def _one(pool: httpcore.AsyncConnectionPool, request: Prepared, base: str) -> Sent:
    sent_ns = time.time_ns()
    body = request.body.encode()
    times = {"timeout": dict.fromkeys(("connect", "read", "write", "pool"), 5.0)}
    try:
        answer = await pool.request(
            request.method,
            base + request.path,
            headers=[*request.headers.items()],
            content=body,
            extensions=times,
        )
    except (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError) as error:
        return Sent(request.index, sent_ns, sent_ns, time.time_ns(), 0, type(error).__name__, len(body))
    known = answer_ids(request, answer)
    size = len(answer.content)
    return Sent(request.index, sent_ns, sent_ns, time.time_ns(), answer.status, "", len(body), size, *known)


def answer_ids(request: Prepared, answer: httpcore.Response) -> tuple[str, str]:
    """Correlation and enquiry id that the gateway gave to an enquiry of the south."""
    if request.face == NORTH or answer.status != 202:
        return "", ""
    said = json.loads(answer.content)
    return said["correlation_id"], said["enquiry_id"]
