"""What the linkage saves, and pairs side by side: counted from what was taken, believing nothing else."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema_rs import Draft202012Validator

from harness.catalogue.verdicts import Verdict
from harness.contract.items import informations
from harness.record.effect import Effect, Saved, effects, pairs
from harness.record.run import read_run
from reports.run import json_view
from reports.run.effect_block import effect_block
from reports.run.html_report import FILE_NAMES, html_reports
from tests.reports.journal_book import Book

ID = "UC-01"
TAX = "地方税関係情報"
PERSON = "r000000000000000000000001"


@pytest.fixture
def book(tmp_path: Path) -> Book:
    book = Book.open(tmp_path / "run")
    book.run()
    return book


def message(book: Book, kind: str, information: str = TAX, status: int = 202, **content: Any) -> None:
    book.north(
        status=status, person=PERSON, header={"kind": kind, "information": information}, content=content
    )


def scenario(book: Book, line: int = 1, use_case: str = "生活保護", **fields: Any) -> None:
    id_ = book.scenario(line, (ID,), use_case=use_case, **fields)
    book.step(id_)
    book.check(id_, (ID,), Verdict.PASS, persons=[PERSON])


def test_an_answered_enquiry_saves_a_paper_and_shows_what_was_given(book: Book) -> None:
    scenario(book)
    message(book, "照会依頼", key={})
    message(book, "照会応答", items={"相当年度": "2012", "総所得額": 1})
    expected = Effect(
        documents=1, enquiries=1, messages=2, disclosed=2, available=len(informations()[TAX].items)
    )
    assert effects(read_run(book.folder)) == (("生活保護", expected),)
    assert expected.ratio == 2 / 13


def test_what_was_refused_or_answered_with_an_error_saves_nothing(book: Book) -> None:
    scenario(book)
    message(book, "照会依頼", key={})
    message(book, "エラー", code="RECORD_NOT_FOUND")
    message(book, "照会応答", status=403, items={"相当年度": "2012"})
    assert effects(read_run(book.folder)) == (("生活保護", Effect(enquiries=1, messages=2)),)
    assert Effect().ratio is None


def test_a_notice_and_a_look_at_the_portal_count(book: Book) -> None:
    scenario(book, use_case="不動産")
    message(book, "連絡", "登記関係情報", items={"床面積": 9600})
    other = book.scenario(2, (ID,), use_case="税務に関する情報提供")
    items = {"information": "地方税納付関係情報", "items": {"年税額": 1}}
    book.south(other, path="/v1/own-information", status=200, response=items)
    book.south(other, path="/v1/own-information", status=403, response={"code": "NOT_THE_SUBJECT"})
    found = dict(effects(read_run(book.folder)))
    assert found["不動産"] == Effect(notices=1, messages=1)
    assert found["税務に関する情報提供"] == Effect(documents=1, enquiries=1, disclosed=1, available=8)


def test_the_sides_of_a_pair_stand_together_in_the_order_of_the_features(book: Book) -> None:
    for line, regime in ((2, "2015年の法"), (1, "2012年の法案")):
        example = {"制度": regime, "判断": "認定", "月額": "22,000"}
        scenario(book, line, tags=["対比:併給"], example=example, name="同じ名前")
    (pair,) = pairs(read_run(book.folder))
    assert (pair.name, [side.regime for side in pair.sides]) == ("併給", ["2012年の法案", "2015年の法"])
    assert {side.decided for side in pair.sides} == {"認定　22,000"}


def test_a_paper_that_is_still_brought_is_counted(book: Book) -> None:
    id_ = book.scenario(1, (ID,), tags=["対比:同意"], name="同意あり")
    book.step(id_, text='本人の同意書を "2016-09-08" に確かめる')
    book.check(id_, (ID,))
    (pair,) = pairs(read_run(book.folder))
    assert (pair.sides[0].regime, pair.sides[0].effect.papers) == ("同意あり", 1)


def test_a_side_tells_its_days_and_acts_and_a_pair_what_is_saved(book: Book) -> None:
    for line, regime, decided, papers in ((1, "紙", "2012-08-27", 2), (2, "番号法", "2012-08-20", 0)):
        example = {"制度": regime, "申請日": "2012-08-20", "決定日": decided}
        id_ = book.scenario(line, (ID,), tags=["対比:紙"], example=example, name=f"同じ{line}")
        book.step(id_, keyword="前提", text="申請した")
        book.step(id_, keyword="かつ", text="課税情報がある")
        book.step(id_, keyword="もし", text="前住所地に照会する")
        for number in range(papers):
            book.step(id_, keyword="かつ", text=f"{('本人の', '届いた')[number]}証明書により、情報を確かめる")
        book.step(id_, keyword="ならば", text="届いた情報による判断は「認定」である")
        book.step(id_, keyword="かつ", text="その決定は効力を生じる")
        book.check(id_, (ID,))
    run = read_run(book.folder)
    (pair,) = pairs(run)
    assert [(side.days, side.acts, side.effect.papers) for side in pair.sides] == [(7, 3, 2), (0, 1, 0)]
    assert pair.saved == Saved(papers=2, days=7, acts=2)
    (told,) = json.loads(json_view.results(run))["pairs"]
    assert (told["saved"], told["sides"][0]["days"]) == ({"papers": 2, "days": 7, "acts": 2}, 7)


def test_days_that_are_no_dates_are_not_told(book: Book) -> None:
    for line in (1, 2):
        example = {"制度": str(line), "申請日": "2012-08-20", "決定日": "あした"}
        scenario(book, line, tags=["対比:紙"], example=example)
    (pair,) = pairs(read_run(book.folder))
    assert ([side.days for side in pair.sides], pair.saved) == ([None, None], None)


def test_what_is_about_somebody_else_is_no_part_of_the_affair(book: Book) -> None:
    scenario(book)
    message(book, "照会依頼", key={})
    id_ = book.scenario(2, (ID,), use_case="生活保護")
    book.check(id_, (ID,), Verdict.PASS, correlation_ids=["c-1"])
    book.north(status=202, person="r9", header={"kind": "照会依頼", "correlation_id": "c-1"}, content={})
    assert dict(effects(read_run(book.folder)))["生活保護"].messages == 1


def test_the_page_says_how_far_the_rules_of_a_use_case_go(book: Book) -> None:
    scenario(book)
    pages = {name: page.decode() for name, page in html_reports(read_run(book.folder)).items()}
    english, japanese = pages[FILE_NAMES["en"]], pages[FILE_NAMES["ja"]]
    assert "<li>どの地域にも、1級地-1（冬季加算はⅥ区）の額を用いる（own）</li>" in japanese
    assert "<li>勤労控除（保護の実施要領（昭和36年厚生省発社123号）第8の3(4)）</li>" in japanese
    assert "<li>The amounts of area 1-1 (winter addition: zone VI) are used everywhere (own)</li>" in english


def test_hostile_words_stay_words(book: Book) -> None:
    hostile = "<script>alert(1)</script>\x1b[31m"
    scenario(book, tags=[f"対比:{hostile}"], name=hostile, example={"制度": hostile, "判断": hostile})
    book.north(status=202, person=PERSON, header={"kind": "照会応答", "information": 7}, content=[hostile])
    book.end()
    run = read_run(book.folder)
    assert "\x1b" not in "".join(line.plain for line in effect_block(run))
    schema = json.loads(Path(json_view.__file__).with_name("results.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(json.loads(json_view.results(run)))


def test_a_run_without_use_cases_shows_no_block(book: Book) -> None:
    book.checked(1, (ID,))
    assert list(effect_block(read_run(book.folder))) == []
