"""The access line of a load run: free until it begins, then one line for whoever opened the connection."""

import asyncio
import subprocess
import sys
from argparse import ArgumentParser

import pytest

from load.line.access_line import AccessLine, obey
from load.line.control import arguments
from load.line.shaped_line import LineQuality, add_quality_arguments, loopback, quality_of

SLOW = LineQuality(128_000, 0.01, 0.1, ((2.0, 4.0),))


class Clock:
    """Says what it is told."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_before_the_begin_a_megabyte_takes_no_time_and_after_it_a_minute() -> None:
    clock = Clock()
    line = AccessLine.of(LineQuality(128_000), clock)
    assert line.up.book(1_000_000, 0.0) < 0.001
    clock.now += 50
    line.begin()
    assert line.up.book(1_000_000, 50.0) == pytest.approx(50 + 62.5)
    assert line.down.book(16_000, 50.0) == pytest.approx(51.0)


def test_cuts_count_from_the_begin() -> None:
    clock = Clock()
    line = AccessLine.of(LineQuality(128_000, cuts=((2.0, 4.0),)), clock)
    clock.now += 50
    line.begin()
    assert line.up.book(16_000, 51.5) == pytest.approx(54.5)


def test_connections_of_both_sides_share_the_directions() -> None:
    line = AccessLine.of(SLOW, Clock())
    there, back = line.towards_network(), line.towards_gateway()
    assert (there.out, there.back) == (line.up, line.down)
    assert (back.out, back.back) == (line.down, line.up)


def test_the_state_counts_since_the_begin() -> None:
    clock = Clock()
    line = AccessLine.of(LineQuality(128_000), clock)
    line.up.book(999, 0.0)
    line.begin()
    line.up.book(16_000, 0.0)
    clock.now += 0.25
    state = line.state()
    assert state == {
        "seconds": 0.25,
        "refused": 0,
        "up": {"carried": 4_000, "queued": 12_000},
        "down": {"carried": 0, "queued": 0},
    }


def test_what_waits_for_the_end_of_a_cut_is_not_over_the_line_and_never_less_than_nothing_is() -> None:
    clock = Clock()
    line = AccessLine.of(LineQuality(128_000, cuts=((1.0, 61.0),)), clock)
    line.begin()
    line.up.book(32_000, 0.0)  # two seconds: one before the cut, one after it
    for now, carried in (
        (0.5, 8_000),
        (1.0, 16_000),
        (30.0, 16_000),
        (61.0, 16_000),
        (61.5, 24_000),
        (70.0, 32_000),
    ):
        assert line.up.left(now) == pytest.approx(carried, abs=1)
        assert line.up.queued(now) == pytest.approx(32_000 - carried, abs=1)


def test_a_release_wakes_what_was_already_waiting() -> None:
    async def released() -> float:
        loop = asyncio.get_running_loop()
        line = AccessLine.of(LineQuality(128_000), loop.time)
        begun, waiting = loop.time(), asyncio.create_task(line.up.until(3600.0))
        await asyncio.sleep(0)
        line.release()
        await asyncio.wait_for(waiting, 60)
        await line.up.until(3600.0)  # and nothing waits from now on
        return loop.time() - begun

    assert asyncio.run(released()) < 60


def test_orders_are_obeyed_or_answered_with_a_sentence() -> None:
    line = AccessLine.of(SLOW, Clock())
    assert "error" not in obey(line, {"inbox": "127.0.0.1:81"})
    assert line.inbox == ("127.0.0.1", 81)
    assert "この計算機" in str(obey(line, {"inbox": "192.0.2.1:80"}).get("error"))
    assert line.inbox == ("127.0.0.1", 81)
    assert "error" in obey(line, {"stop": True})
    assert obey(line, {"begin": True}).get("seconds") == 0


def test_a_path_survives_the_command_line() -> None:
    parser = ArgumentParser()
    add_quality_arguments(parser)
    assert quality_of(parser.parse_args(arguments(SLOW))) == SLOW


def test_an_address_elsewhere_and_a_port_that_is_taken_end_with_one_sentence() -> None:
    for given in (["--network", "192.0.2.1:80"], ["--network", "127.0.0.1:80", "--rate", "0k"]):
        command = [sys.executable, "-m", "load.line.access_line", "--rate", "128k", *given]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert loopback("localhost:80", "--to") == ("localhost", 80)
