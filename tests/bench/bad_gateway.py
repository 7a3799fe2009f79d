"""A gateway that is healthy until something is asked of it: `python bad_gateway.py MODE KEY_ID KEY_ID`.

Announces its base URL as one line of JSON. Raw sockets, because a server library would not send broken HTTP.
"""

import asyncio
import json
import re
import sys
from datetime import UTC, datetime

HTML = "<html><script>alert('応答')</script></html>"
HUGE = 50_000_000  # bytes
CHUNK = b"x" * 65_536


async def answer(writer: asyncio.StreamWriter, mode: str) -> None:
    """Answers one request badly."""
    if mode == "hangs":
        await asyncio.sleep(3600)
    elif mode == "drips":
        await drip(writer)
    elif mode == "garbage":
        writer.write(b"\x00\xff\x1b[31m not http at all\r\n\r\n")
    elif mode == "html":
        respond(writer, "200 OK", HTML.encode(), "text/html")
    elif mode == "half":
        writer.write(
            b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 4096\r\n\r\n{"local'
        )
    elif mode == "huge":
        writer.write(f"HTTP/1.1 200 OK\r\nContent-Length: {HUGE}\r\n\r\n".encode())
        for _ in range(HUGE // len(CHUNK)):
            writer.write(CHUNK)
            await writer.drain()


async def drip(writer: asyncio.StreamWriter) -> None:
    """A byte now and then keeps a time-out between bytes from ever striking."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    for _ in range(100_000):
        writer.write(b" ")
        await writer.drain()
        await asyncio.sleep(0.2)


def respond(
    writer: asyncio.StreamWriter, status: str, body: bytes, content_type: str = "application/json"
) -> None:
    """A well-formed answer, the last on its connection: who does not say so and closes it breaks the next request."""
    head = f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\nConnection: close\r\n"
    writer.write(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)


async def serve(mode: str, signature: str, encryption: str) -> None:
    """Health and inbox answer well, so that preflight passes; nothing else does."""
    inbox = {"code": "MALFORMED", "phase": "情報提供ネットワークシステム接続", "reason": "電文を解釈できない"}

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        # A connection that is closed with bytes unread is reset, and the reset may overtake a good answer.
        length = re.search(r"(?i)^content-length: *(\d+)", head, re.MULTILINE)
        await reader.readexactly(int(length[1]) if length else 0)
        if "/v1/health" in head:
            respond(writer, "200 OK", json.dumps(health(signature, encryption)).encode())
        elif "/v1/inbox" in head:
            respond(writer, "400 Bad Request", json.dumps(inbox).encode())
        else:
            await answer(writer, mode)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    sys.stdout.write(json.dumps({"url": f"http://127.0.0.1:{port}"}) + "\n")
    sys.stdout.flush()
    async with server:
        await server.serve_forever()


def health(signature: str, encryption: str) -> dict[str, object]:
    """A valid health object."""
    keys = {"signature": signature, "encryption": encryption}
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    about = {"status": "ok", "contract": "1", "organisation": "221007", "product": "<b>bad</b>"}
    return {**about, "time": now, "tables": ["2015-09-09"], "keys": keys}


if __name__ == "__main__":
    asyncio.run(serve(*sys.argv[1:]))
