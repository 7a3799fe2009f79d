"""Characters that break gateways, in believable surnames and addresses, written as code points.

An editor, a merge or NFC silently turns some of these into others; an escape survives all three.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

# character -> surname with it, kana. No surname with U+20B9F is known; that one is made up (own).
SURNAMES: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "\U00020bb7": ("\U00020bb7田", "ヨシダ"),
        "\U00020b9f": ("\U00020b9f野", "シツノ"),
        "\u9ad9": ("\u9ad9橋", "タカハシ"),
        "\ufa11": ("山\ufa11", "ヤマザキ"),
        "\u5fb7": ("\u5fb7永", "トクナガ"),
        "\ufa10": ("\ufa10本", "ツカモト"),
        "\ufa19": ("\ufa19田", "カンダ"),
        "\ufa1a": ("\ufa1a雲", "ショウウン"),
        "\ufa1b": ("\ufa1b田", "フクダ"),
        "\u9089": ("渡\u9089", "ワタナベ"),
        "\u908a": ("渡\u908a", "ワタナベ"),
        "\u69d7": ("\u69d7本", "ハシモト"),
        "\U0002363a": ("\U0002363a本", "ハシモト"),
        "\u6ff5": ("\u6ff5田", "ハマダ"),
        "\u6801": ("\u6801田", "ヤナギダ"),
        "\u5f45": ("草\u5f45", "クサナギ"),
        "\u3402": ("\u3402多", "キタ"),
        "\U0002123d": ("\U0002123d屋", "ツチヤ"),
        "\u9751": ("\u9751木", "アオキ"),
        "\u845b": ("\u845b西", "カサイ"),
        "\u8fbb": ("\u8fbb", "ツジ"),
        "\u585a": ("大\u585a", "オオツカ"),
        "\u795e": ("\u795e谷", "カミヤ"),
    }
)

# These occur in addresses, not in names: 〜 and ～, − and － collapse in CP932.
WAVES: Final = ("\u301c", "\uff5e")
MINUSES: Final = ("\u2212", "\uff0d")
CHARACTERS: Final = (*SURNAMES, *WAVES, *MINUSES)


def check_character(character: str) -> None:
    """Raises ValueError, naming what there is, for a character that no surname or address here carries."""
    if character not in CHARACTERS:
        known = " ".join(f"U+{ord(known):04X}" for known in CHARACTERS)
        raise ValueError(f"難読文字 {character!r} を含む姓・住所がない。使えるのは {known}")
