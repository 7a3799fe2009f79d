"""What workers tell becomes one sent log, one list of drops and one set of histograms; a worker that is gone is not waited for."""

import json
from pathlib import Path

from load.send.collecting import BEGUN, LATENCY, Collector, Report, as_message, read_latency
from load.send.generator import Follower, new_rows
from load.send.latency import Latency, Series
from load.send.sent import Sent

LINE = Sent(3, 1, 2, 3, 202, correlation_id="c")


def report(worker: int, *, done: bool = False) -> dict[str, object]:
    latency = Latency()
    latency.record(5_000_000)
    told = {"lag": latency.encoded()} if done else {}
    return as_message(Report(worker, LINE.line, [(7, 70)], told, done))


def test_reports_are_put_together(tmp_path: Path) -> None:
    collector = Collector.into(tmp_path)
    begin_ns = collector.begin(2)
    assert json.loads((tmp_path / BEGUN).read_text())["begin_ns"] == begin_ns
    collector.take(report(0))
    assert not (tmp_path / LATENCY).exists()
    collector.take(report(0, done=True))
    collector.take(report(1, done=True))
    assert list(new_rows(Follower(tmp_path / "sent-0.csv"))) == [LINE] * 3
    assert (tmp_path / "dropped.csv").read_text(encoding="utf-8").split() == [
        "index,planned_ns",
        *["7,70"] * 3,
    ]
    assert read_latency(tmp_path)[Series.LAG].count == 2
    assert "lag" in collector.summary()


def test_it_is_over_when_all_are_done_or_gone(tmp_path: Path) -> None:
    collector = Collector.into(tmp_path)
    assert not collector.over(0)  # nobody has begun
    collector.begin(2)
    assert not collector.over(2)
    collector.take(report(0, done=True))
    assert not collector.over(2)
    assert collector.over(1)  # the other is gone
    collector.take(report(1, done=True))
    assert collector.over(2)


def test_a_follower_never_reads_half_a_line(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    follower = Follower(path)
    assert list(follower.lines()) == []
    path.write_text("head\nfirst,あ\nsec", encoding="utf-8")
    assert list(follower.lines()) == ["first,あ"]
    with path.open("a", encoding="utf-8") as more:
        more.write("ond\n")
    assert list(follower.lines()) == ["second"]
    assert list(follower.lines()) == []
