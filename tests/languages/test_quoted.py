"""What a gateway said, names of files and the like are evidence: they come out of English sign by sign."""

import pytest

from harness.languages.english import english
from harness.languages.quoted import with_quoted, without_quoted

TOLD = '{"code": "INVALID", "detail": "「住所・氏名」は、必須です。"}'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"POST /v1/records に 400 {TOLD}", f"400 {TOLD} to POST /v1/records"),
        (f"POST /v1/records に 400 {TOLD[:-9]}", f"400 {TOLD[:-9]} to POST /v1/records"),
        (f"受信箱の応答: 400  {TOLD}", f"answer of the inbox: 400  {TOLD}"),
        ("受信箱の応答: 400  ['住所・氏名', '必須。']", "answer of the inbox: 400  ['住所・氏名', '必須。']"),
        ("項目「住所・氏名」がない", 'the item "住所・氏名" is missing'),
        ("書き出したフォルダー: /x/暗号・署名（甲）/a", "Folder written: /x/暗号・署名（甲）/a"),
        ("製品: 住民情報連携・照会…（甲社）", "Product: 住民情報連携・照会…（甲社）"),
    ],
)
def test_what_is_quoted_stays_as_it_is(text: str, said: str) -> None:
    assert english(text) == said


def test_each_of_several_answers_stays_with_its_request() -> None:
    said = english(f"POST /v1/records に 400 {TOLD}、PUT /v1/handling に 200")
    assert said == f"400 {TOLD} to POST /v1/records, 200 to PUT /v1/handling"


@pytest.mark.parametrize(
    "text",
    [
        "00_機能/05_暗号・署名_応答側.feature:11",
        "国民健康保険法又は地方公務員等共済組合法",
        "2013年5月31日の後の条文は写していない。",
        "「住所・氏名」は、必須です。",
        "誰が照会したかの記録を、窓口の職員に見せない",
        "0・1",
    ],
)
def test_no_sentence_without_a_word_of_its_own_and_no_mark_makes_others_words_english(text: str) -> None:
    assert english(text) == text


def test_a_sentence_of_a_table_is_found_with_the_json_that_it_quotes() -> None:
    assert english('202 と {"message_id"}（様式 accepted）') == 'A 202 with {"message_id"} (schema accepted)'


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ('甲 {"a": "}「"} 乙', ['{"a": "}「"}']),
        ("甲 {'a': '\"乙'} 乙", ["{'a': '\"乙'}"]),
        (r'甲 "乙\"丙" 丁', [r'"乙\"丙"']),
        ('甲 ["乙", ["丙"]] [丁]', ['["乙", ["丙"]]']),
        ('甲 {"乙": "丙', ['{"乙": "丙']),
        ("[keys] の公開鍵、[始め, 終わり]、§4-3、POST /v1/records、A/B、応答/照会", []),
        ("甲/乙.feature:11、~/丙/丁、http://x/戊", ["甲/乙.feature:11", "~/丙/丁", "http://x/戊"]),
    ],
)
def test_where_what_is_quoted_begins_and_ends(text: str, pieces: list[str]) -> None:
    plain, quoted = without_quoted(text)
    assert list(quoted.values()) == pieces
    assert not any(piece in plain for piece in pieces)
    assert with_quoted(plain, quoted) == text


def test_a_stand_in_is_no_sign_of_the_text() -> None:
    text = '\U00100000 "甲" \U00100001 "乙"'
    plain, quoted = without_quoted(text)
    assert not set(quoted) & set(text)
    assert with_quoted(plain, quoted) == text
    assert english(text) == text


@pytest.mark.parametrize("sign", ["\ufdd0", "\ufdd1"])
def test_a_text_that_has_the_signs_of_reading_itself_is_not_read(sign: str) -> None:
    assert english(f"再起動した。{sign}") == f"再起動した。{sign}"
