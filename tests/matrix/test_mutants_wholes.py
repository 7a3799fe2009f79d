"""What is said otherwise as a whole, and on what that is narrowed."""

import pytest

from harness.matrix.mutants.limits import limits
from harness.matrix.mutants.texts import TEXTS, rewritten
from harness.matrix.mutants.utterances import Place, Utterance
from harness.matrix.mutants.wholes import Told, Wholes, marked

SEEN, GONE, ELSE = ({"status": 200, "answer": {"status": text}} for text in ("受付", "送信済", "応答済"))


def looked(number: int, question: str, document: dict[str, object], **more: object) -> Told:
    """A request that was answered with 200."""
    way, route = "南側 GET /v1/enquiries/{…} 200", "南側 GET /v1/enquiries/{…}"
    said = Utterance(Place.CALL, way, number, document, {"再起動": "後"}, route, question=question, **more)  # type: ignore[arg-type]
    return Told(0, said)


TOLD = (looked(1, "甲", SEEN), looked(2, "乙", ELSE), looked(3, "甲", GONE))


@pytest.mark.parametrize(
    ("change", "turn", "wanted"),
    [
        ("一つ前の答え", 2, [(SEEN,)]),
        ("一つ前の答え", 0, []),
        ("一つ後の答え", 0, [(GONE,)]),
        ("別のものの答え", 0, [(ELSE,)]),
        ("応答しない", 0, [({"status": None},)]),
    ],
)
def test_answers_of_another_state_or_to_another_question(change: str, turn: int, wanted: object) -> None:
    assert list(Wholes.of(TOLD).instead(change, TOLD, turn)) == wanted


def test_a_later_fault_decides_where_there_is_one() -> None:
    told = (looked(1, "甲", SEEN, later=("NOT_FOUND",)), looked(2, "甲", SEEN))
    wholes, change = Wholes.of(told), "後の誤りで拒否: NOT_FOUND"
    assert change in set(wholes.changes(told))
    ((document,),) = wholes.instead(change, told, 0)
    assert (document["status"], document["answer"]["phase"]) == (404, "連携確認")
    assert list(wholes.instead(change, told, 1)) == []


def test_what_comes_after_a_restart_is_a_set_of_its_own() -> None:
    assert marked("応答しない", TOLD) == ["再起動 後"]


@pytest.mark.parametrize(
    ("schema", "value", "wanted"),
    [
        ("handling", {"scope": "subject", "key": "1", "mode": "手動"}, {("key", "最も小さい")}),
        ("enquiry", {"local_id": "1" * 20, "expires_in_seconds": 86400}, {("local_id", "最も大きい"), ("expires_in_seconds", "最も大きい")}),
        ("enquiry", {"local_id": "1" * 19, "expires_in_seconds": 86399}, set()),
    ],
)  # fmt: skip
def test_members_at_a_bound_of_their_schema(schema: str, value: object, wanted: set[tuple[str, str]]) -> None:
    assert set(limits(schema, value)) == wanted


def test_texts_that_are_not_carried_unchanged() -> None:
    said = {"items": {"氏名": "葛\U000e0100城ー", "数": 1}, "rows": ["ﾀﾞ", "e\u0301", " 𠮷 "]}
    found = {word: rewritten(said, write) for word, write in TEXTS.items()}
    assert found["異体字の区別のない文字"]["items"] == {"氏名": "葛城ー", "数": 1}
    assert found["NFKC にした文字"]["rows"][:2] == ["ダ", "é"]
    assert found["基本多言語面の文字だけ"]["rows"][2] == " \ufffd "
    assert found["前後の空白のない文字"]["rows"][2] == "𠮷"
