"""Whoever was blamed wrongly once is not blamed again: the confirmed disputes of disputes/."""

from pathlib import Path

import pytest

from harness.certificate.dispute import head_of
from harness.model.history.reading import history_of
from harness.model.rules import rules
from harness.model.weighing import first_breach, weighed
from harness.record.reader import entries_of

DISPUTES = sorted((Path(__file__).parent / "disputes").glob("*.jsonl"))


def test_there_are_some() -> None:
    assert DISPUTES


@pytest.mark.parametrize("path", DISPUTES, ids=lambda path: path.stem)
def test_nobody_is_blamed_again(path: Path) -> None:
    content = path.read_bytes()
    rule = head_of(content)["rule"]
    assert isinstance(rule, dict)
    assert rule["id"] in rules()
    history = history_of(list(entries_of(content.splitlines(keepends=True)[1:])))
    assert any(id_ == rule["id"] for id_, _ in weighed(history).occasions)
    assert first_breach(history, rule["id"]) is None
