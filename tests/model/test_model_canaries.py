"""Numbers and names in whatever spelling, and nothing where there is none."""

import base64
import json
import random
import string
import uuid
from collections.abc import Callable
from urllib.parse import quote

import pytest

from harness.model.canaries import Canaries
from harness.residents.build import household
from harness.residents.identifying import identifying

MY_NUMBER, LOCAL_ID, NAME, KANA = "123456789018", "0987654321", "髙橋　良子", "タカハシ　ヨシコ"
TEXTS = (
    ("個人番号", MY_NUMBER),
    ("識別番号", LOCAL_ID),
    ("氏名", NAME),
    ("氏名カナ", KANA),
    ("住所", "葵区追手町5番1号"),
)
NOW = 1_780_000_000.0
CANARIES = Canaries.of(TEXTS, NOW)


def _base64(text: str, before: str = "", charset: str = "utf-8") -> str:
    return base64.b64encode((before + text).encode(charset)).decode()


def _in_groups(text: str) -> str:
    return f"{text[:4]}-{text[4:8]}-{text[8:]}"


NUMBERS: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "between letters": lambda t: f"x{t}y",
    "without leading zeros": lambda t: t.lstrip("0"),
    "with more leading zeros": lambda t: f"000{t}",
    "in groups": _in_groups,
    "in groups of blanks": lambda t: _in_groups(t).replace("-", " "),
    "digit by digit": " ".join,
    "full-width": lambda t: t.translate({ord(d): ord(d) + 0xFEE0 for d in string.digits}),
    "with zero-width blanks": "\u200b".join,
    "behind the code of an organisation": lambda t: f"221007{t}",
    "as the end of a UUID": lambda t: f"00000000-0000-4000-8000-{t:0>12}",
    "hexadecimal": lambda t: t.encode().hex(),
    "hexadecimal, apart": lambda t: t.encode().hex(":"),
    "hexadecimal, one digit off": lambda t: f"f{t.encode().hex()}",
    "percent": lambda t: "".join(f"%{ord(d):02X}" for d in t),
    "entities": lambda t: "".join(f"&#{ord(d)};" for d in t),
    "hexadecimal entities": lambda t: "".join(f"&#x{ord(d):x};" for d in t),
    "JSON escapes": lambda t: "".join(f"\\u{ord(d):04x}" for d in t),
    "UTF-16": lambda t: _base64(t, charset="utf-16"),
    "base64": _base64,
    "base64, second alignment": lambda t: _base64(t, "n"),
    "base64, third alignment": lambda t: _base64(t, "no"),
    "base64, in the middle of a run": lambda t: f"zz{_base64(t, 'no:')}",
    "base64 twice": lambda t: _base64(_base64(t)),
    "percent in base64": lambda t: _base64("".join(f"%{ord(d):02X}" for d in t)),
}
NAMES: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "without the blank": lambda t: t.replace("　", ""),
    "with another blank": lambda t: t.replace("　", " "),
    "with a dot": lambda t: t.replace("　", "・"),
    "percent": quote,
    "percent of CP932": lambda t: quote(t.encode("cp932")),
    "JSON escapes": json.dumps,
    "entities": lambda t: "".join(f"&#{ord(c)};" for c in t),
    "base64": _base64,
    "base64 url-safe": lambda t: base64.urlsafe_b64encode(t.encode()).decode().rstrip("="),
    "base64 of CP932": lambda t: _base64(t, charset="cp932"),
    "base64 of UTF-16": lambda t: _base64(t, "n", charset="utf-16-be"),
    "hexadecimal": lambda t: t.encode().hex(),
}
KANAS: dict[str, Callable[[str], str]] = {
    "half-width": lambda _: "ﾀｶﾊｼ ﾖｼｺ",
    "hiragana": lambda _: "たかはし よしこ",
}


@pytest.mark.parametrize("spelling", NUMBERS)
@pytest.mark.parametrize("number", [MY_NUMBER, LOCAL_ID])
def test_a_number_is_met_in_every_spelling(number: str, spelling: str) -> None:
    raw = f"X-Note: {NUMBERS[spelling](number)}; v=1".encode()
    found = CANARIES.number_in(raw)
    assert found is not None
    assert found.kind == {text: kind for kind, text in TEXTS}[number]
    assert number not in found.words


@pytest.mark.parametrize(
    ("name", "spelling"), [(NAME, s) for s in NAMES] + [(KANA, s) for s in (*NAMES, *KANAS)]
)
def test_a_name_is_met_in_every_spelling(name: str, spelling: str) -> None:
    raw = f"X-Note: {(NAMES | KANAS)[spelling](name)}; v=1".encode()
    assert CANARIES.anything_in(raw) is not None
    assert CANARIES.number_in(raw) is None


def test_a_moment_is_no_number() -> None:
    canaries = Canaries.of([("識別番号", f"{NOW + 60:.0f}"), ("個人番号", f"{NOW + 60:.0f}12")], NOW)
    for moment in (f"{NOW + 60:.0f}", f"{NOW + 60:.0f}123", "2026-05-28T20:26:40.123456789Z"):
        assert canaries.number_in(f"t={moment}".encode()) is None


def test_a_name_that_the_contract_itself_writes_is_none() -> None:
    canaries = Canaries.of([("氏名", "手　当"), ("氏名", "福　岡")], NOW)
    assert canaries.anything_in("児童扶養手当は福岡市".encode()) is None


def test_noise_holds_nobody() -> None:
    """What a clean gateway sends by chance: UUIDs, digests, tokens, long numbers. Residents of a run's size."""
    people = [p for index in range(800) for p in household(5, index).people()]
    canaries = Canaries.of((pair for person in people for pair in identifying(person).items()), NOW)
    draw = random.Random(20)
    for _ in range(400):
        noise = draw.randbytes(90)
        texts = (
            str(uuid.UUID(bytes=noise[:16])),
            noise.hex(),
            base64.b64encode(noise).decode(),
            f"{draw.getrandbits(62)}",
        )
        for raw in (noise, *(f"X-Trace: {text}".encode() for text in texts)):
            assert canaries.anything_in(raw) is None


@pytest.mark.parametrize("charset", ["cp932", "utf-16-be", "utf-8"])
def test_a_short_name_in_random_bytes_is_nobodys(charset: str) -> None:
    """A signature has 64 of them, and a run some thousand signatures and names."""
    canaries = Canaries.of([("氏名（空白なし）", "林実"), ("氏名", NAME)], NOW)
    noise = b"\x81" * 20
    assert canaries.anything_in(noise + "林実".encode(charset) + noise, sure=False) is None
    assert canaries.anything_in("林実".encode(charset)) is not None
    assert canaries.anything_in(NAME.encode(charset), sure=False) is not None
