"""Nothing that identifies anybody leaves the run folder, in whichever encoding; what is left over stops the bundle."""

import base64
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.certificate.redaction import masks_of, must_be_masked, redacted
from harness.certificate.refused import RefusedBundleError
from harness.contract.journal import Entry, Journal
from harness.residents.masking import Masks

NAME, NUMBER, LOCAL = "情報\u3000連携子", "123456789018", "3141592653"
TOKEN = "business-token-1"
MASKS = Masks.of([("氏名", NAME), ("個人番号", NUMBER), ("識別番号", LOCAL)], 7)


def journal(folder: Path, **said: Any) -> Path:
    """A journal in which a gateway says something."""
    path = folder / "journal.jsonl"
    written = Journal.open(path, "bench")
    options = {"statement_file": "/home/tester/gateway.toml"}
    written.write(Entry.RUN, seed=7, gateway="command:./gw --token abc", options=options, command=["/home/x"])
    written.write(Entry.SECRETS, tokens=[TOKEN])
    people = {"r1": {"氏名": NAME, "個人番号": NUMBER, "識別番号": LOCAL}}
    written.write(Entry.PEOPLE, scenario="s", people=people)
    written.write(Entry.EXCHANGE, face="south", scenario="s", response=said)
    written.close()
    return path


def test_names_numbers_tokens_and_places_are_masked(tmp_path: Path) -> None:
    path = journal(tmp_path, 氏名=NAME, text=f"<{NUMBER}>{LOCAL}", echo=f"Bearer {TOKEN}", **{NAME: 1})
    left = redacted(path, masks_of(path)).decode()
    for text in (NAME, NUMBER, LOCAL, TOKEN, "/home", "abc"):
        assert text not in left
    assert left.count("⟦氏名") == 2
    must_be_masked("journal.jsonl", left.encode(), masks_of(path))


def test_a_file_that_holds_somebody_is_masked_as_a_whole(tmp_path: Path) -> None:
    """Legacy files travel in base64 of CP932."""
    file = base64.b64encode(f"{LOCAL}{'連携子':　<20}12345\r\n".encode("cp932")).decode()
    path = journal(tmp_path, file=file)
    left = redacted(path, masks_of(path)).decode()
    assert file not in left
    assert "⟦ファイル" in left


ENCODINGS: dict[str, Callable[[str], str]] = {
    "utf-8": lambda text: text,
    "json": lambda text: json.dumps(text)[1:-1],
    "percent": quote,
    "hex": lambda text: text.encode().hex(),
    "cp932 hex": lambda text: text.encode("cp932").hex(),
    "base64": lambda text: base64.b64encode(text.encode()).decode(),
    "base64 behind one byte": lambda text: base64.b64encode(b"x" + text.encode() + b"yz").decode(),
    "base64url behind two": lambda text: base64.urlsafe_b64encode(b"xy" + text.encode()).decode(),
    "full width": lambda text: text.translate({ord(str(d)): 0xFF10 + d for d in range(10)}),
}


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("text", [NAME, NUMBER, LOCAL])
def test_an_unmasked_canary_stops_the_bundle(encoding: str, text: str) -> None:
    content = ('{"a":"' + ENCODINGS[encoding](text) + '"}\n').encode()
    with pytest.raises(RefusedBundleError, match="NOT_MASKED") as caught:
        must_be_masked("journal.jsonl", content, MASKS)
    assert text not in str(caught.value)


def test_a_text_may_hold_what_ends_a_line_elsewhere() -> None:
    content = '{"a":"\x85\u2028 %s"}\n'
    must_be_masked("journal.jsonl", (content % "nobody").encode(), MASKS)
    with pytest.raises(RefusedBundleError, match="NOT_MASKED"):
        must_be_masked("journal.jsonl", (content % NUMBER).encode(), MASKS)


def test_a_private_key_stops_the_bundle() -> None:
    key = {"kty": "EC", "crv": "P-256", "x": "a", "y": "b"}
    must_be_masked("journal.jsonl", json.dumps({"keys": [key]}).encode(), MASKS)
    with pytest.raises(RefusedBundleError, match="秘密鍵"):
        must_be_masked("journal.jsonl", json.dumps({"keys": [{**key, "d": "c"}]}).encode(), MASKS)


TEXTS = st.lists(st.sampled_from([NAME, NUMBER, LOCAL, "a", "⟦", "⟧", "連携子", "12345"])).map("".join)


@given(st.recursive(TEXTS, lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner), max_leaves=8))
def test_what_is_masked_can_be_turned_back_by_who_knows_the_residents(value: Any) -> None:
    masked = MASKS.masked(value)
    assert MASKS.revealed(masked) == value
    assert not any(text in json.dumps(masked, ensure_ascii=False) for text in (NAME, NUMBER, LOCAL))
