"""A line of a given rate: by its own arithmetic, and that whatever goes in comes out, in its order."""

import asyncio
import random
import socket
import subprocess
import sys
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from load.line.shaped_line import RESEND_SECONDS, SEGMENT, Direction, Line, LineQuality, connection

KBPS_128 = 128_000


def direction(**quality: object) -> Direction:
    """One direction of 128 kbps: 16,000 bytes a second."""
    return Direction(LineQuality(KBPS_128, **quality), random.Random(1))  # type: ignore[arg-type]


def test_bytes_go_one_after_the_other() -> None:
    line = direction()
    assert [line.book(16_000, now) for now in (0.0, 0.0, 10.0)] == [1.0, 2.0, 11.0]
    assert line.carried == 48_000
    assert (line.waiting_seconds(10.5), line.waiting_seconds(12.0)) == (0.5, 0.0)


@given(st.lists(st.integers(1, 100_000), min_size=1, max_size=30))
def test_a_busy_line_carries_exactly_its_rate(counts: list[int]) -> None:
    line = direction()
    ends = [line.book(count, 0.0) for count in counts]
    assert ends == sorted(ends)
    assert ends[-1] == pytest.approx(sum(counts) / 16_000)


@pytest.mark.parametrize(
    ("now", "end"),
    [(0.0, 1.0), (1.5, 4.5), (2.0, 5.0), (3.9, 5.0), (4.0, 5.0), (0.5, 1.5), (7.5, 11.5)],
)
def test_nothing_gets_through_a_cut(now: float, end: float) -> None:
    """Cuts from 2 to 4 and from 8 to 11: what is under way waits for their end."""
    assert direction(cuts=((2.0, 4.0), (8.0, 11.0))).book(16_000, now) == pytest.approx(end)


def test_what_is_lost_takes_the_line_again_and_comes_later() -> None:
    line = direction(loss=0.999999)
    assert line.book(SEGMENT, 0.0) == pytest.approx(2 * SEGMENT / 16_000 + RESEND_SECONDS)
    assert line.free_at == pytest.approx(2 * SEGMENT / 16_000)


def test_loss_is_met_as_often_as_was_asked_for() -> None:
    line = direction(loss=0.1)
    late = sum(line.book(SEGMENT, n * 1.0) > n + 0.2 for n in range(2_000))
    assert 150 < late < 250


def test_a_fast_line_takes_larger_pieces_and_a_slow_one_a_segment() -> None:
    assert [LineQuality(rate).piece for rate in (64_000, 10_000_000, 100_000_000_000)] == [
        1_460,
        12_500,
        262_144,
    ]


def test_all_connections_share_one_line_and_keep_their_order() -> None:
    """Three connections at once through one line to an echo."""

    async def echo(come: asyncio.StreamReader, go: asyncio.StreamWriter) -> None:
        go.write(await come.read())
        go.close()

    async def talk(port: int, data: bytes) -> bytes:
        come, go = await asyncio.open_connection("127.0.0.1", port)
        go.write(data)
        go.write_eof()
        answer = await come.read()
        go.close()
        return answer

    async def scene() -> tuple[list[bytes], int]:
        line = Line.of(LineQuality(1e9, 0.001), asyncio.get_running_loop().time)
        target = await asyncio.start_server(echo, "127.0.0.1", 0)
        port = target.sockets[0].getsockname()[1]
        server = await asyncio.start_server(connection(line, "127.0.0.1", port), "127.0.0.1", 0)
        address = server.sockets[0].getsockname()[1]
        answers = await asyncio.gather(*(talk(address, sent) for sent in SENT))
        server.close()
        target.close()
        return list(answers), line.out.carried

    answers, carried = asyncio.run(asyncio.wait_for(scene(), 60))
    assert answers == SENT
    assert carried == sum(map(len, SENT))


SENT = [bytes([n]) * 300_000 + random.Random(n).randbytes(50_000) for n in range(3)]


def process(*arguments: str) -> subprocess.Popen[str]:
    """`python -m load.line.shaped_line`."""
    command = [sys.executable, "-m", "load.line.shaped_line", *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_the_process_says_where_it_listens_carries_and_ends() -> None:
    with socket.create_server(("127.0.0.1", 0)) as target:
        line = process("--to", f"127.0.0.1:{target.getsockname()[1]}", "--rate", "1G", "--latency", "0.001")
        assert line.stdout
        host, _, port = line.stdout.readline().split('"address": "')[1].rstrip('"}\n').rpartition(":")
        with socket.create_connection((host, int(port))) as one:
            sending = threading.Thread(target=one.sendall, args=(SENT[0],))
            sending.start()
            other, _ = target.accept()
            with other:
                got = b""
                while len(got) < len(SENT[0]):
                    got += other.recv(100_000)
            sending.join()
        line.terminate()
        assert (line.wait(30), got, line.stderr.read() if line.stderr else "") == (0, SENT[0], "")
        line.stdout.close()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--to", "127.0.0.1:1", "--rate", "0"), "0より大きい速度"),
        (("--to", "192.0.2.1:1", "--rate", "1M"), "この計算機の中だけ"),
        (("--to", "127.0.0.1:1", "--rate", "1M", "--loss", "1"), "--loss は0以上1未満"),
        (("--to", "127.0.0.1:1", "--rate", "1M", "--cut", "5"), "--cut 5"),
        (("--to", "127.0.0.1:1", "--rate", "1M", "--cut", "5:4"), "終わりは始まりより後"),
    ],
)
def test_an_impossible_line_is_one_sentence(arguments: tuple[str, ...], said: str) -> None:
    line = process(*arguments)
    out, err = line.communicate(timeout=60)
    assert (line.returncode, out, err.count("\n")) == (2, "", 1)
    assert said in err


def test_a_sender_that_is_gone_waits_for_nothing() -> None:
    """Its socket has no number any more (-1): asked for its bytes, the line must not fall."""

    async def run() -> int:
        line = direction()
        server = await asyncio.start_server(lambda _, go: go.close(), "127.0.0.1", 0)
        async with server:
            _, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
            line.senders.add(writer)
            writer.close()
            await writer.wait_closed()
            return line.queued(0.0)

    assert asyncio.run(run()) == 0
