"""A name or a number is found in whatever spelling."""

import base64
import html
from collections.abc import Callable
from urllib.parse import quote

import pytest

from harness.model.hidden import Hidden

NAME, KANA, NUMBER = "情報\u3000連携子", "ジョウホウ\u3000レンケイコ", "123456789018"
HIDDEN = Hidden.of([NAME, KANA, NUMBER])
FULL_WIDTH = {0x30 + digit: 0xFF10 + digit for digit in range(10)}
SPELLINGS: dict[str, Callable[[str], str]] = {
    "as it is": lambda text: text,
    "in groups of four": lambda text: " ".join(text[n : n + 4] for n in range(0, len(text), 4)),
    "with hyphens": "-".join,
    "with zero-width characters": "\u200b".join,
    "backwards": lambda text: text[::-1],
    "full width": lambda text: text.translate(FULL_WIDTH),
    "escaped": lambda text: "".join(f"\\u{ord(letter):04x}" for letter in text),
    "escaped twice": lambda text: "".join(f"\\\\u{ord(letter):04X}" for letter in text),
    "percent": lambda text: "".join(f"%{byte:02X}" for byte in text.encode()),
    "percent twice": lambda text: quote("".join(f"%{byte:02x}" for byte in text.encode())),
    "percent of CP932": lambda text: quote(text.encode("cp932")),
    "entities": lambda text: "".join(f"&#{ord(letter)};" for letter in text),
    "hexadecimal entities": lambda text: "".join(f"&#x{ord(letter):x};" for letter in text),
    "escaped for HTML": lambda text: html.escape(f"<{text}>"),
    "hex": lambda text: text.encode().hex(),
    "HEX": lambda text: text.encode().hex().upper(),
    "hex with blanks": lambda text: text.encode().hex(" "),
    "hex of UTF-16": lambda text: text.encode("utf-16-be").hex(),
    "base64": lambda text: base64.b64encode(text.encode()).decode(),
    "base64 without its end": lambda text: base64.b64encode(text.encode()).decode().rstrip("="),
    "base64url": lambda text: base64.urlsafe_b64encode(text.encode()).decode(),
    "base64 of UTF-16": lambda text: base64.b64encode(text.encode("utf-16-le")).decode(),
    "base64 of UTF-16, the other end first": lambda text: base64.b64encode(text.encode("utf-16-be")).decode(),
    "base64 of CP932": lambda text: base64.b64encode(text.encode("cp932")).decode(),
    "base64 behind a byte": lambda text: base64.b64encode(b"x" + text.encode() + b"y").decode(),
    "base64 of base64": lambda text: base64.b64encode(base64.b64encode(text.encode())).decode(),
    "base64 of percent": lambda text: base64.b64encode(quote(text).encode()).decode(),
}


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("text", [NAME, KANA, NUMBER])
def test_whoever_hides_is_found(text: str, spelling: str) -> None:
    assert text in HIDDEN.found(SPELLINGS[spelling](text))
    assert text in HIDDEN.found(f"id: {SPELLINGS[spelling](text)}. ")


@pytest.mark.parametrize("text", ["じょうほう れんけいこ", "ｼﾞｮｳﾎｳ ﾚﾝｹｲｺ", "ジョウホウ・レンケイコ"])
def test_kana_in_another_script_or_width_is_found(text: str) -> None:
    assert HIDDEN.found(text) == (KANA,)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "情報提供ネットワークシステム",
        "123456789",
        "99bca4c3-59cf-48c8-b2bc-c7b2f2d591d6",
        "2026-11-28T21:17:10.771Z",
        "%",
        "\\u12",
        "&#;",
    ],
)
def test_nobody_is_found_where_nobody_is(text: str) -> None:
    assert HIDDEN.found(text) == ()


def test_without_anybody_nobody_is_found() -> None:
    assert Hidden.of([]).found(NAME) == ()
