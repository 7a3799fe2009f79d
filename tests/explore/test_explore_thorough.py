"""A thorough run repeats what makes most of what lacks, until there is enough or nothing makes more, and says where it stands."""

from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Event
from types import SimpleNamespace
from typing import Any, cast
from unittest import mock

import pytest

from harness.catalogue.findings import ConfigurationError, InconclusiveError
from harness.contract.journal import Entry, Journal
from harness.explore.enough import Gain, best, foreseen, lacking
from harness.model.kinds import ENOUGH
from harness.plugin.options import Options
from harness.plugin.thorough import Repeating, Tally, thorough
from harness.plugin.ticking import Stand, lines, ticking
from tests.bench.asked import Asked


@dataclass
class Bench:
    """What each source makes each time, and how long that takes."""

    makes: dict[str, Mapping[str, int]]
    seconds: float = 2.0
    now: float = 0.0
    done: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    fresh: Counter[str] = field(default_factory=Counter)

    def more(self) -> Mapping[str, int]:
        found, self.fresh = self.fresh, Counter()
        self.counts.update(found)
        return found

    def source(self, name: str) -> Callable[[int], None]:
        def perform(number: int) -> None:
            assert number == self.done.count(name) + 1
            self.done.append(name)
            self.fresh.update(self.makes[name])
            self.now += self.seconds

        return perform

    def repeating(self, wanted: tuple[str, ...], gone: Callable[[], object] = lambda: None) -> Repeating:
        sources = {name: self.source(name) for name in self.makes}
        return Repeating(sources, self, dict.fromkeys(wanted), gone, lambda: self.now)


def test_each_source_comes_once_and_then_what_makes_most_of_what_lacks() -> None:
    bench = Bench({"few": {"a": 10}, "many": {"a": 100}, "other": {"b": 300}})
    bench.repeating(("a", "b")).repeat()
    assert bench.done == ["few", "many", "other", "many", "many"]
    assert bench.counts["a"] >= ENOUGH


def test_what_nothing_makes_is_not_waited_for() -> None:
    bench = Bench({"some": {"a": 150}, "rare": {}})
    bench.repeating(("a", "b")).repeat()
    assert bench.done == ["some", "rare", "some"]


def test_a_source_that_dries_up_is_given_up() -> None:
    bench = Bench({"once": {"a": 100}})
    repeating = bench.repeating(("a",), gone=lambda: bench.makes.update(once={}) if bench.done else None)
    repeating.repeat()
    assert bench.done == ["once", "once"]


def test_a_gateway_that_is_gone_is_asked_no_more() -> None:
    bench = Bench({"some": {"a": 1}})
    bench.repeating(("a",), gone=lambda: len(bench.done) == 2).repeat()
    assert bench.done == ["some", "some"]


def test_what_is_left_is_foreseen() -> None:
    gains = {"slow": Gain({"a": 100, "b": 10}, 10.0), "quick": Gain({"b": 100}, 1.0)}
    missing = lacking({"a": 100, "c": 300}, dict.fromkeys("abc"))
    assert missing == {"a": 200, "b": 300}
    assert best(missing, gains) == "quick"
    assert foreseen(missing, gains) == 23.0  # twice the slow one, and three times the quick one
    assert best({"c": 1}, gains) is None
    assert foreseen({"c": 1}, gains) == 0.0


def test_where_it_stands_goes_on_between_two_looks() -> None:
    bench = Bench({"some": {"a": 100}, "next": {"a": 50}})
    repeating = bench.repeating(("a", "b"))
    seen: list[Stand | None] = [repeating.stand()]
    repeating.sources = {
        "some": bench.source("some"),
        "next": lambda _: seen.append(repeating.stand()),
    }
    repeating.gone = lambda: len(seen) == 2
    repeating.repeat()
    stand = seen[1]
    assert (seen[0], stand) == (None, Stand(0, 2, 100, 4.0 + 2.0))
    bench.now += 1.5
    later = repeating.stand()
    assert later is not None
    assert later.left is not None


def test_a_line_that_is_being_written_is_counted_once_it_is_there(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    journal = Journal.open(path, "bench")
    journal.write(Entry.POLL, scenario="x", method="GET", path="/v1/health")
    journal.close()
    whole, tally = path.read_bytes(), Tally(path)
    path.write_bytes(whole + whole[:20])
    assert tally.more() == {"南側 GET /v1/health": 1}
    path.write_bytes(whole + whole)
    assert tally.more() == {"南側 GET /v1/health": 1}
    assert tally.counts["南側 GET /v1/health"] == 2


def test_without_a_terminal_one_line_comes_for_ten_looks() -> None:
    written: list[str] = []
    tell = lines(written.append)
    for number in range(25):
        tell(Stand(3, 37, 4_000, None if number < 15 else 61.4))
    assert written == [
        "徹底: 足りた種類 3/37、やり取り 4,000/11,100、残り 計っている\n",
        "徹底: 足りた種類 3/37、やり取り 4,000/11,100、残り 約 61 秒\n",
    ]


def test_it_is_told_while_something_else_is_done() -> None:
    told, seen = Event(), []

    def tell(stand: Stand) -> None:
        seen.append(stand)
        told.set()

    stand = Stand(1, 2, 3, None)
    with ticking(lambda: stand, tell, each=0.001):
        assert told.wait(30)
    assert set(seen) == {stand}


@pytest.mark.parametrize("ended", [None, InconclusiveError("NETWORK_FAILED", "x"), KeyboardInterrupt()])
def test_what_it_found_is_told_with_its_file_however_it_ended(
    ended: BaseException | None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    found, of_thorough = [SimpleNamespace(sentence="順序 1")], "harness.plugin.thorough"
    search = SimpleNamespace(Exploring=lambda *_: SimpleNamespace(found=found))
    options = replace(Options("reference", None, (), (), 7, tmp_path, ()), thorough=True)
    bench = SimpleNamespace(statement=SimpleNamespace(organisation="221007"))
    monkeypatch.setattr(f"{of_thorough}.trials", lambda *_: nullcontext())
    monkeypatch.setattr(f"{of_thorough}.import_module", lambda _: search)
    for name in ("_tables", "_explorations", "_wanted"):
        monkeypatch.setattr(f"{of_thorough}.{name}", lambda *_: {})
    monkeypatch.setattr(f"{of_thorough}.Presence", mock.Mock())
    monkeypatch.setattr(Repeating, "repeat", mock.Mock(side_effect=ended))
    monkeypatch.setattr("harness.plugin.exploring.keep", lambda *_: [(found[0], tmp_path / "1.json")])
    thorough(cast(Any, bench), cast(Any, None), options, lambda _: None)
    assert capsys.readouterr().err.startswith(f"探索（種 7）: 順序 1\n  {tmp_path / '1.json'}\n")


@pytest.mark.parametrize("part", [{"brief": True}, {"requirement": ["SIG-01"]}, {"use_case": ["災害"]}])
def test_a_part_is_not_made_thorough(part: dict[str, Any]) -> None:
    with pytest.raises(ConfigurationError, match="--thorough は、すべてを検証する実行"):
        Options.read(cast(pytest.Config, Asked(gateway="reference", thorough=True, **part)))


def test_a_run_that_is_taken_up_again_goes_on_so() -> None:
    asked = replace(Options("reference", None, (), (), 1, Path("x"), ()), thorough=True)
    again = Options.from_entry(asked.to_entry(), Path("x"))
    assert (again.thorough, again.is_part) == (True, False)
