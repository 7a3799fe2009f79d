"""Answers of the network, which travel in every way that HTTP/1.1 has (guide §2 HTTP)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any

from starlette.responses import Response, StreamingResponse

from harness.contract.framing import Framing, one_by_one
from mocks.network.plain_json import PlainJSON


def _framings() -> Iterator[Framing]:
    # In chunks first: some fetch the directory once.
    return cycle((Framing.CHUNKS, Framing.WHOLE, Framing.PIECES))


@dataclass(frozen=True)
class InTurn:
    """Answers of one route, each framed otherwise than the last; always at once under load, where it would cost time."""

    for_load: bool
    framings: Iterator[Framing] = field(default_factory=_framings)

    def said(self, content: Any, status: int = 200) -> Response:
        """JSON."""
        plain = PlainJSON(content, status)
        framing = Framing.WHOLE if self.for_load else next(self.framings)
        if framing == Framing.WHOLE:
            return plain
        length = {"Content-Length": str(len(plain.body))} if framing == Framing.PIECES else {}
        return StreamingResponse(one_by_one(bytes(plain.body)), status, length, plain.media_type)
