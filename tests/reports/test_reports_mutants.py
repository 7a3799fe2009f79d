"""mutants.json and mutants.html: what is counted, what is explained, and when there are too many survivors."""

import json
from dataclasses import replace
from fnmatch import fnmatchcase
from pathlib import Path

import pytest
from jsonschema_rs import validator_for

from harness.catalogue.requirements import all_requirements
from harness.catalogue.verdicts import Exit
from harness.record.mutants import Judged, Mutants, NotMade, Reason, Reasons, sentences
from reports.matrix.mutants import mutants_html, mutants_json, summary

SCHEMA = json.loads(
    (Path(__file__).parents[2] / "reports" / "matrix" / "mutants.schema.json").read_text(encoding="utf-8")
)
FREE = Reasons(
    (Reason("送信 *", "header.message_id", "末尾*|空", "§3", "どの番号でもよい"),),
    (NotMade("待たせる", "時間は言い換えられない", "シナリオ"),),
)
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
    assert document["not_made"][0]["kind"] == "待たせる"
    assert "時間は言い換えられない" in page


def test_who_is_convicted_by_another_requirement_is_listed() -> None:
    right = replace(CONVICTED, way="受信 照会依頼 REPLAYED", member="error.code", requirement="NET-02")
    wrong = replace(right, requirement="NET-03")
    found = Mutants.of([right, wrong, SURVIVES], FREE, "", 1.0)
    assert (found.misnamed, found.share_named) == ((wrong,), 0.5)
    assert "破った文の要件が最初に不合格にしたもの: 50.0%（ほか 1件）。目標は 90% 以上" in list(
        summary(found)
    )
    named = [row["named"] for row in json.loads(mutants_json(found))["mutants"]]
    assert sorted(named, key=str) == [False, None, True]


def test_a_reason_may_be_one_for_a_narrower_set_alone() -> None:
    row = replace(SURVIVES, change="応答しない", narrowed="再起動 後")
    only_then = Reasons((Reason("送信 *", "*", "応答しない", "§2", "待たない", "再起動 *"),))
    assert only_then.of(row)
    assert not only_then.of(replace(row, narrowed="すべて"))


def test_each_sentence_has_requirements_that_there_are() -> None:
    known = all_requirements()
    for one in sentences():
        assert one.see
        assert all(
            any(fnmatchcase(id_, pattern) for id_ in known) for pattern in one.requirements.split("|")
        ), one


def test_each_published_reason_says_where_it_is_written() -> None:
    assert all(reason.see.startswith("§") and reason.why for reason in Reasons.published().rows)
    assert all(one.why and one.seen for one in Reasons.published().not_made)
