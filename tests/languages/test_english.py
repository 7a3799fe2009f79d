"""What the suite says in Japanese is said in English: whole sentences, what stands in their blanks, and what was put together."""

from contextlib import suppress

import pytest

from harness.catalogue.features import all_scenarios
from harness.catalogue.findings import findings
from harness.catalogue.requirements import all_requirements
from harness.catalogue.sources import sections
from harness.catalogue.verdicts import Verdict
from harness.languages.choice import speaking
from harness.languages.english import EndlessError, Reading, english
from harness.languages.sentences import tables
from harness.languages.writing import is_japanese
from harness.model.rules import rules
from harness.record.effect import PAIR_TAG
from reports.run.reasons import heading, where


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("必須の要件のうち 3件を満たしていない。", "3 of the mandatory requirements are not met."),
        ("  実行した検査が一つもない。", "  No check was executed."),
        ("項目「氏名」がない", 'the item "氏名" is missing'),
        (
            "項目「氏名」（空の文字列・訂正の後）の値又は型が違う",
            'the item "氏名" (an empty text · after a correction) has another value or type',
        ),
        (
            "実装適合宣言の use_cases に 災害 がない、実装適合宣言に 連絡 がない",
            "use_cases of the statement does not declare 災害, The statement does not declare 連絡",
        ),
        ("照会依頼・IV の長さが違う", "照会依頼 · another length of the IV"),
        ("連絡", "Notices"),
        ("処理状況は応答済", "the status is 応答済"),
        ("ゲートウェイ reference", "Gateway reference"),
        (
            "計算機の使用率は 97%（中央値）。計算機を使い切っている: ゲートウェイの限界は、別の計算機に置いて調べる。",
            "The machine was used to 97% (median). The machine is used up: put the bench and the gateway on two machines to find "
            "the limits of the gateway.",
        ),
        ("知らない文。知らない文。", "知らない文。知らない文。"),
        ("知らない文", "知らない文"),
        ("静岡市、福岡市（指定都市）", "静岡市、福岡市（指定都市）"),
        ("plain", "plain"),
        ("", ""),
    ],
)
def test_a_text_is_read_as_what_was_put_together(text: str, said: str) -> None:
    assert english(text) == said


def test_of_two_readings_the_one_that_leaves_less_japanese_is_taken() -> None:
    inner = "kid が鍵の拇印（RFC 7638）ではない"
    said = english(f"gateway.toml: [keys] の公開鍵を読めない（{inner}）。")
    assert said == (
        "gateway.toml: a public key of [keys] cannot be read (kid is not the thumbprint of the key (RFC 7638))."
    )


def test_a_violation_is_told_with_the_sentence_of_the_guide() -> None:
    rule = rules()["text-unchanged"]
    said = english(f"項目「氏名」がない（{rule.see}「{rule.ja}」）（ほか 3 件）")
    assert said == f'the item "氏名" is missing ({rule.see}: "{rule.en}") (and 3 more)'


def test_what_a_text_of_any_length_and_nesting_takes_is_bounded() -> None:
    hostile = "「項目の値が違う、" * 400 + "（（（" * 200 + "の" * 500
    assert english(hostile)


# Of 600 characters; such a text was read 11,000 times.
CHOSEN_BY_A_GATEWAY = (
    "甲0は 乙 の 丙 と 丁 に 戊。",
    "甲0は乙の丙と丁に戊が。",
    "甲0、乙は丙の丁が「戊」である。",
    "甲0 が 乙 と違う（丙 に 丁）",
    "のが ",
    "は がない、",
)


def chosen(row: str) -> str:
    return "".join(row.replace("0", str(number)) for number in range(600))[:600]


@pytest.mark.parametrize("row", CHOSEN_BY_A_GATEWAY)
def test_how_often_a_text_is_read_is_bounded(row: str) -> None:
    reading = Reading({})
    with suppress(EndlessError):
        reading.of(chosen(row))
    assert reading.tried < 5000


def test_what_would_take_too_many_readings_stays_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    text = f"再起動した。{chosen(CHOSEN_BY_A_GATEWAY[0])}"
    assert english(text).startswith("Started again.")
    monkeypatch.setattr("harness.languages.english._TRIED", 20)
    english.cache_clear()
    assert english(text) == text
    english.cache_clear()


def test_places_levels_sources_and_findings_have_their_english() -> None:
    for requirement in all_requirements().values():
        for text in (requirement.level, where(requirement), requirement.see, requirement.source):
            assert english(text) != text or not is_japanese(text)
    for code, finding in findings().items():
        assert heading(code, speaking("en")) == f"{finding.en} ({code})"
        assert not is_japanese(finding.en + finding.next_en)
    assert [verdict for verdict in Verdict if is_japanese(english(verdict))] == []
    assert [
        section.why for section in sections() if section.why and english(section.why) == section.why
    ] == []


def test_no_sentence_stands_in_two_places() -> None:
    found = [sentence for table in tables().values() for sentence in table]
    found += {finding.ja for finding in findings().values()}
    assert len(found) == len(set(found)) > 2000


def test_the_tables_are_parsed_once() -> None:
    assert tables() is tables()


def test_the_blanks_of_a_sentence_are_those_of_its_english() -> None:
    for table in tables().values():
        for japanese, said in table.items():
            assert blanks(japanese) == blanks(said), japanese


def blanks(text: str) -> set[str]:
    return {f"{{{number}}}" for number in range(10) if f"{{{number}}}" in text}


def test_what_is_contrasted_is_said_in_english() -> None:
    paired = [(tag, s) for s in all_scenarios() for tag in s.tags if tag.startswith(PAIR_TAG)]
    assert paired
    said = {tag.removeprefix(PAIR_TAG) for tag, _ in paired}
    said |= {id_.partition("[")[2].partition("、")[0] for _, s in paired for id_ in s.ids}
    assert {text for text in said if english(text) == text} == set()
