"""What a warm process (warm.py) is asked for, as it goes over its socket: one line of JSON with three descriptors, and back
the id of the leash that was forked for it."""

import json
import os
import socket
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass

ADDRESS = "RENKEI_WARM"  # the environment variable that says where its socket is
PYTHON = (
    sys.executable,
    "-I",
    "-m",
)  # how a command begins that it can carry out; then come module and arguments
SECONDS = 15.0  # for its answer, on a crowded machine
_PIECE = 65_536
_STREAMS = 3


@dataclass(frozen=True)
class Asked:
    """A Python module to run as a program, as a fresh process would run it. `line`: the first line of its leash's
    standard input is for it."""

    words: tuple[str, ...]
    line: bool
    folder: str
    environment: dict[str, str]


def ask(connection: socket.socket, asked: Asked, streams: Sequence[int]) -> int:
    """The id of the leash whose standard input, output and error these descriptors are. Raises OSError."""
    document = json.dumps(asdict(asked)).encode() + b"\n"
    sent = socket.send_fds(connection, [document], list(streams))
    connection.sendall(document[sent:])
    if not (answer := _line(connection, 1)):  # how it ended may follow at once, and is for somebody else
        raise ConnectionResetError
    return int(answer)


def receive(connection: socket.socket) -> tuple[Asked, list[int]] | None:
    """What somebody asks for and the descriptors; None where it was not said to its end."""
    piece, streams, _, _ = socket.recv_fds(connection, _PIECE, _STREAMS)
    text = piece if piece.endswith(b"\n") else piece + _line(connection)
    if len(streams) == _STREAMS and text.endswith(b"\n"):
        said = json.loads(text)
        return Asked(tuple(said["words"]), said["line"], said["folder"], said["environment"]), streams
    for descriptor in streams:
        os.close(descriptor)
    return None


def _line(connection: socket.socket, most: int = _PIECE) -> bytes:
    """What comes until the end of a line, which may be cut short. `most`: bytes at a time; with more than 1, what follows the line
    is lost."""
    text = b""
    while not text.endswith(b"\n") and (piece := connection.recv(most)):
        text += piece
    return text
