"""mutants.json and mutants.html: what is counted, what is explained, and when there are too many survivors."""

import json
from pathlib import Path

import pytest
from jsonschema_rs import validator_for

from harness.catalogue.verdicts import Exit
from harness.record.mutants import Judged, Mutants, Reason, Reasons
from reports.matrix.mutants import mutants_html, mutants_json, summary

SCHEMA = json.loads(
    (Path(__file__).parents[2] / "reports" / "matrix" / "mutants.schema.json").read_text(encoding="utf-8")
)
FREE = Reasons((Reason("送信 *", "header.message_id", "末尾*|空", "§3", "どの番号でもよい"),))
CONVICTED = Judged("送信 照会応答", "header.from", "空", "すべて", 1, "answers-what-was-asked", "NET-03")
SURVIVES = Judged("送信 照会応答", "header.from", "数", "<script>alert(1)</script>", 3)
IS_FREE = Judged("送信 連絡", "header.message_id", "末尾の一字違い", "すべて", 2)


def test_what_is_free_is_not_counted() -> None:
    found = Mutants.of([CONVICTED, SURVIVES, IS_FREE], FREE, "1/2", 3.0)
    assert (found.share, found.exit, found.survivors) == (0.5, Exit.DOES_NOT_CONFORM, (SURVIVES,))
    assert dict(found.explained) == {IS_FREE: "§3 どの番号でもよい"}
    assert "不合格になった変異体: 1/2、50.0%（1/2 だけ）。条件は 98% 以上" in list(summary(found))


@pytest.mark.parametrize(("survivors", "wanted"), [(1, Exit.CONFORMS), (2, Exit.DOES_NOT_CONFORM)])
def test_ninety_eight_in_a_hundred(survivors: int, wanted: Exit) -> None:
    rows = [CONVICTED] * (98 if survivors == 1 else 97) + [SURVIVES] * survivors
    assert Mutants.of(rows, FREE, "", 1.0).exit == wanted


def test_views_of_it() -> None:
    found = Mutants.of([CONVICTED, SURVIVES, IS_FREE], FREE, "", 3.0)
    document = json.loads(mutants_json(found))
    validator_for(SCHEMA).validate(document)
    assert document["summary"]["mutants"] == 2
    page = mutants_html(found).decode()
    assert "<script>alert" not in page
    assert "どの番号でもよい" in page


def test_each_published_reason_says_where_it_is_written() -> None:
    assert all(reason.see.startswith("§") and reason.why for reason in Reasons.published().rows)
