"""One prepared request over the connections of a FastHttpUser: a deadline, a bounded answer, and again as the network does."""

import time
from contextlib import suppress
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlsplit

import gevent
import gevent.socket
from geventhttpclient.client import HTTPClient, HTTPClientPool
from locust.contrib.fasthttp import FAILURE_EXCEPTIONS

from harness.contract.strict_json import UnreadableJsonError, read_json
from load.prepare.prepared import NORTH, Prepared
from load.send.order import Order
from load.send.sent import ACCEPTED, Sent, known_id

LARGEST_ANSWER = 64_000  # bytes; a message id or an error object
FIRST_WAIT, LONGEST_WAIT = (
    0.25,
    2.0,
)  # seconds between two tries, as the mocked network has them (own, guide §4)


@dataclass(frozen=True)
class Said:
    """What one try came to. status: 0 where there was no answer."""

    status: int
    content: bytes = b""
    problem: str = ""

    @property
    def proper(self) -> bool:
        """Is it an answer, whichever, and no accident on the way (guide §4)?"""
        return 0 < self.status < 500

    @property
    def replayed(self) -> bool:
        """Does the gateway say that it has the message already?"""
        return self.status == 409 and _read(self.content).get("code") == "REPLAYED"


@dataclass(frozen=True)
class Face:
    """Where the requests of a face go: open connections, and the path of its base URL. The client of the connections, not
    the agent above it: that takes as long again (50 of 90 µs) for redirects, cookies and errors that no sender wants."""

    client: HTTPClient
    path: str


@dataclass(frozen=True)
class Poster:
    """Posts to the faces of the gateway. retries: of a message of the north; timeout_seconds: of one answer, whole."""

    faces: dict[str, Face]
    retries: int
    timeout_seconds: float

    @classmethod
    def of(cls, pool: HTTPClientPool, order: Order) -> Self:
        """Over the connections of a FastHttpUser."""
        faces = {name: Face(pool.get_client(url), urlsplit(url).path) for name, url in order.faces.items()}
        for url in order.faces.values():
            _look_up(urlsplit(url).hostname or "")
        return cls(faces, order.retries, order.timeout_seconds)

    def post(self, request: Prepared, planned_ns: int) -> Sent:
        """Sends it, as often as it may be. A message of the north is handed over again while there is no proper answer;
        REPLAYED then says that it had arrived. A request of the south is not: it would be a second one."""
        sent_ns, wait = time.time_ns(), FIRST_WAIT
        said, attempts = self._try(request), 1
        while not said.proper and request.face == NORTH and attempts <= self.retries:
            gevent.sleep(wait)
            wait = min(wait * 2, LONGEST_WAIT)
            said, attempts = self._try(request), attempts + 1
            if said.replayed:
                said = Said(202)
        correlation_id, enquiry_id = ("", "") if request.face == NORTH else _ids(said)
        return Sent(
            index=request.index,
            planned_ns=planned_ns,
            sent_ns=sent_ns,
            done_ns=time.time_ns(),
            status=said.status,
            problem=said.problem,
            sent_bytes=len(request.body) * attempts,
            received_bytes=len(said.content),
            correlation_id=correlation_id,
            enquiry_id=enquiry_id,
            attempts=attempts,
            right=request.expected.get("status", ACCEPTED),
        )

    def _try(self, request: Prepared) -> Said:
        face = self.faces[request.face]
        try:
            with gevent.Timeout(self.timeout_seconds, TimeoutError):
                response = face.client.request(
                    request.method, face.path + request.path, request.body, request.headers
                )
                content = bytes(response.read(LARGEST_ANSWER + 1))
        except FAILURE_EXCEPTIONS as error:
            return Said(0, problem=type(error).__name__)
        if len(content) > LARGEST_ANSWER:
            response.release()
            return Said(0, problem="TOO_LARGE")
        return Said(response.status_code, content)


def _look_up(host: str) -> None:
    """The first look-up of a process begins threads: 16 ms, by which the first requests would be late. A host that is not
    there is said by them."""
    with suppress(OSError):
        gevent.socket.getaddrinfo(host, None)


def _ids(said: Said) -> tuple[str, str]:
    """Correlation and enquiry id that the gateway gave to an enquiry of the south; a gateway may say anything."""
    told = _read(said.content) if said.status == 202 else {}
    return known_id(told.get("correlation_id")), known_id(told.get("enquiry_id"))


def _read(content: bytes) -> dict[str, object]:
    try:
        found = read_json(content)
    except UnreadableJsonError:
        return {}
    return found if isinstance(found, dict) else {}
