"""What a gateway may fill in leaves the run folder as a digest; what the bench says itself, and ids, as they are."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from harness.certificate.redaction import masks_of, must_be_masked, redacted
from harness.certificate.refused import RefusedBundleError
from harness.contract.journal import Entry, Journal
from harness.residents.masking import Masks
from tests.certificate.test_certificate_redaction import LOCAL, NAME, NUMBER
from tests.model.test_model_hidden import SPELLINGS

MASKS = Masks.of([("氏名", NAME), ("個人番号", NUMBER), ("識別番号", LOCAL)], 7)


def left(folder: Path, *entries: dict[str, Any]) -> list[dict[str, Any]]:
    """Entries as they leave the folder of a run."""
    path = folder / "journal.jsonl"
    journal = Journal.open(path, "bench")
    journal.write(Entry.RUN, seed=7, gateway="null", options={}, product="製品 一", command=[])
    people = {"r1": {"氏名": NAME, "個人番号": NUMBER, "識別番号": LOCAL}}
    journal.write(Entry.PEOPLE, scenario="s", people=people)
    for entry in entries:
        journal.write(Entry.EXCHANGE, face="south", scenario="s", **entry)
    journal.close()
    masks = masks_of(path)
    content = redacted(path, masks)
    must_be_masked("journal.jsonl", content, masks)
    return [json.loads(line) for line in content.splitlines()][1:]


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("text", [NAME, NUMBER])
def test_no_spelling_leaves(text: str, spelling: str, tmp_path: Path) -> None:
    """As a text, within one, as the name of a member, and in a document within a text."""
    spelt = SPELLINGS[spelling](text)
    answer = {"a": spelt, "b": f"id {spelt}", spelt: 1, "c": json.dumps({"d": spelt})}
    (entry,) = left(tmp_path, {"response": answer, "detail": spelt})
    assert spelt not in json.dumps(entry, ensure_ascii=False)
    said = entry["response"]["a"]
    # A check that looks for somebody still finds him or her; files in base64 are masked as a whole.
    assert MASKS.tokens[text] in said or said.startswith("⟦ファイル ")
    assert entry["detail"] == entry["response"]["a"]  # what was the same is the same


def test_what_names_nobody_leaves_as_a_digest_too(tmp_path: Path) -> None:
    era = "昭和50年3月4日生まれ"
    (entry,) = left(tmp_path, {"response": {"reason": era, "again": era, "other": era + "。"}, "detail": ""})
    said = entry["response"]
    assert said["reason"].startswith("⟦文 ")
    assert said["reason"] == said["again"] != said["other"]


def test_what_the_bench_says_and_ids_and_words_of_the_contract_stay(tmp_path: Path) -> None:
    kept = {
        "enquiry_id": "99bca4c3-59cf-48c8-b2bc-c7b2f2d591d6",
        "at": "2026-11-28T21:17:10.771Z",
        "phase": "情報提供ネットワークシステム接続",
        "product": "製品 一",
        "echo": "総所得 あり",
        "count": 12,
        "none": None,
    }
    (entry,) = left(tmp_path, {"request": {"value": "総所得 あり"}, "response": kept})
    assert entry["response"] == kept


def test_an_id_that_is_no_identifier_is_the_same_in_the_path_of_the_next_request(tmp_path: Path) -> None:
    first, second = left(
        tmp_path,
        {"path": "/v1/enquiries", "response": {"enquiry_id": "照会 1/2"}},
        {"path": "/v1/enquiries/%E7%85%A7%E4%BC%9A%201%2F2/result", "response": {}},
    )
    token = first["response"]["enquiry_id"]
    assert token.startswith("⟦文 ")
    assert second["path"].count("/") == 4
    assert "%E7%85%A7" not in second["path"]


def test_a_text_of_a_file_that_the_bench_sent_stays(tmp_path: Path) -> None:
    file = base64.b64encode("0001試験纊　花子　静岡市".encode("cp932")).decode()
    sent = {"request": {"file": file}, "response": {"氏名": "試験纊　花子", "本籍": "試験外　花子"}}
    (entry,) = left(tmp_path, sent)
    assert entry["response"]["氏名"] == "試験纊　花子"
    assert entry["response"]["本籍"].startswith("⟦文 ")


def test_a_text_stays_as_long_as_it_was(tmp_path: Path) -> None:
    (entry,) = left(tmp_path, {"response": {"reason": "長い理由 " * 100}})
    assert len(entry["response"]["reason"]) == 500


@pytest.mark.parametrize("value", [int(NUMBER), NUMBER[::-1], {"x": [NUMBER + "0"]}])
def test_what_is_left_over_stops_the_bundle(value: Any) -> None:
    with pytest.raises(RefusedBundleError, match="NOT_MASKED"):
        must_be_masked("journal.jsonl", json.dumps({"a": value}).encode() + b"\n", MASKS)


@pytest.mark.parametrize("length", range(3, 12))
def test_what_is_left_of_somebody_where_an_observation_was_cut_is_masked(length: int) -> None:
    for text in (
        f"GET /v1 に 200 {NUMBER[:length]}",
        f"に 200 {NUMBER[:length]}（合わない）",
        f"{NUMBER[:length]}…",
    ):
        assert NUMBER[:length] not in MASKS.cut_masked(MASKS.masked(text))
    assert MASKS.cut_masked("GET /v1 に 200") == "GET /v1 に 200"
