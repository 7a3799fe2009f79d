"""Prepared requests and the sent log: what one writes the other reads, each worker its own part, a cut line is no harm."""

from pathlib import Path
from typing import Any

import pytest

from load.prepare.prepared import Prepared, read, write
from load.send.sent import HEAD, Sent, known_id, row
from load.send.sent import read as read_sent


def request(index: int) -> Prepared:
    """One with a text that JSON escapes."""
    body = f'{{"氏名":"𠮷{index}\\n"}}'
    return Prepared(
        index, "照会", "south", "POST", "/v1/enquiries", {"X": "1"}, body, "", "r1", {"items": {"a": 1}}
    )


def test_workers_share_the_requests_without_gap_or_overlap(tmp_path: Path) -> None:
    requests = [request(index) for index in range(10)]
    write(tmp_path / "new", requests)
    assert list(read(tmp_path / "new")) == requests
    parts = [[one.index for one in read(tmp_path / "new", worker, 3)] for worker in range(3)]
    assert parts == [[0, 3, 6, 9], [1, 4, 7], [2, 5, 8]]


def test_the_sent_logs_of_all_workers_are_read_as_they_were_written(tmp_path: Path) -> None:
    sent = [Sent(0, 1, 2, 3, 202, "", 10, 20), Sent(1, 1, 2, 3, 0, "TimeoutError", 10, 0, "c", "e")]
    for number, one in enumerate(sent):
        (tmp_path / f"sent-{number}.csv").write_text(HEAD + one.line, encoding="utf-8")
    with (tmp_path / "sent-1.csv").open("a", encoding="utf-8") as file:
        file.write("2,17955")  # a kill in the middle of a line
    assert list(read_sent(tmp_path)) == sent
    assert [one.accepted for one in read_sent(tmp_path)] == [True, False]


@pytest.mark.parametrize("odd", ["a,b", "a\nb", "../x", "", "x" * 65, 5, None, ["a"], "𠮷", '"'])
def test_an_id_of_another_form_is_none_and_the_log_stays_whole(odd: Any) -> None:
    """A gateway gives the ids of the south."""
    sent = Sent(0, 1, 2, 3, 202, correlation_id=known_id(odd), enquiry_id=known_id("E_1-a"))
    assert (sent.correlation_id, sent.enquiry_id) == ("", "E_1-a")
    assert row(sent.line) == sent
