"""A version of 別表第二 that renumbers its items is data alone: its rows and, beside them, what it is. 児童扶養手当 is checked by it,
and the report has its words."""

import csv
import io
import json
from pathlib import Path

import pytest

from tests.bench.copied import copy_into

OLD, NEW = "2015-09-09", "2016-01-01"
REGIME = """
called = "試しの表"
title = "項を付け直した表"
en = "a table of other numbers"
since = "2016-01-01"

[[term]]
here = "リンクコード"
there = "試しの符号"
source = "own"
"""
SOME = ("--use-case", "児童扶養手当", "--requirement", "AUTH-05", "--requirement", "AUTH-06", "--brief")


def renumbered(table: str) -> str:
    """The table with an item more before the 26th, so that each from there on has the next number."""
    rows = list(csv.DictReader(io.StringIO(table), delimiter="\t"))
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), delimiter="\t", lineterminator="\n")
    writer.writeheader()
    writer.writerows({**r, "item": str(int(r["item"]) + (int(r["item"]) >= 26))} for r in rows)
    return out.getvalue()


@pytest.mark.slow
def test_a_table_that_renumbers_items_is_cited_by_its_own_numbers(tmp_path: Path) -> None:
    copy = copy_into(tmp_path)
    law = copy.root / "harness" / "contract" / "law"
    table = (law / f"table2_{OLD}.tsv").read_text(encoding="utf-8")
    (law / f"table2_{NEW}.tsv").write_text(renumbered(table), encoding="utf-8")
    (law / f"table2_{NEW}.toml").write_text(REGIME, encoding="utf-8")
    copy.publish()
    ended = copy.renkei(tmp_path, *SOME)
    assert ended.code == 0, ended.out + ended.err
    lines = (ended.folder / "journal.jsonl").read_bytes().splitlines()
    cited = [entry["header"]["basis"] for entry in map(json.loads, lines) if entry.get("header")]
    assert {"table": NEW, "item": "58"} in cited
    assert {"table": NEW, "item": "57"} not in cited
    report = (ended.folder / "report.html").read_text(encoding="utf-8")
    assert "項を付け直した表" in report
    assert "リンクコード → 試しの符号" in report
