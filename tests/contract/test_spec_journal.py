"""A journal is valid JSON in valid UTF-8 whatever it has to carry, and gives back what was put in."""

import json
import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.contract.journal import Entry, Journal
from harness.contract.journal_text import DamagedLineError, from_line, must_be_plain, to_line
from harness.record.reader import read

CHARACTERS = st.sampled_from(
    ["␛", "␛␛", "NaN", "Infinity", "d800", "\ud800", "\udfff", "\\", '"', "あ", "\x00"]
)
TEXTS = st.lists(CHARACTERS).map("".join)
NUMBERS = st.sampled_from([math.nan, math.inf, -math.inf, 1.5, -0.0, 10**30])
VALUES = st.recursive(TEXTS | NUMBERS, lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner))


def strict(line: bytes) -> Any:
    """As a reader in another language takes it: no number that JSON does not know, no half of a pair."""

    def unknown(number: str) -> float:
        raise AssertionError(number)

    return json.loads(line.decode(), parse_constant=unknown)


def spelt(value: Any) -> str:
    """NaN is not equal to itself; its spelling is."""
    return json.dumps(value)


@given(VALUES)
def test_what_json_cannot_carry_is_carried_and_comes_back(value: Any) -> None:
    line = to_line({"v": value})
    assert "\\ud" not in json.dumps(strict(line))
    assert spelt(from_line(line)) == spelt({"v": value})
    must_be_plain(line)


def test_the_journal_of_a_strange_gateway_is_read_back(tmp_path: Path) -> None:
    said = {"amount": math.nan, "name\ud83d": "\ude00", "deep": [[[-math.inf]]], "like": "␛NaN"}
    journal = Journal.open(tmp_path / "journal.jsonl", "gw0")
    journal.write(Entry.EXCHANGE, response=said)
    assert strict((tmp_path / "journal.jsonl").read_bytes())["response"]["amount"] == "␛NaN"
    assert spelt(dict(next(read(tmp_path / "journal.jsonl")))["response"]) == spelt(said)


def test_lines_of_before_are_read() -> None:
    assert math.isnan(float(str(from_line(b'{"a":NaN}\n')["a"])))
    assert from_line('{"a":"\ud800"}\n'.encode("utf-8", "surrogatepass")) == {"a": "\ud800"}


@pytest.mark.parametrize(
    "line",
    [b"", b"[]\n", b"nonsense\n", b'{"a":"\xff"}\n', b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}\n"],
)
def test_a_damaged_line_is_no_entry(line: bytes) -> None:
    with pytest.raises(DamagedLineError):
        from_line(line)


@pytest.mark.parametrize(
    "line",
    [b'{"a":NaN}\n', b'{"a":1,"a":1}\n', b'{ "a":1}\n', b'{"a":"\xed\xa0\x80"}\n', b'{"a":"\\ud800"}\n'],
)
def test_another_spelling_is_not_that_of_the_bench(line: bytes) -> None:
    with pytest.raises(DamagedLineError):
        must_be_plain(line)
