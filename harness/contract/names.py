"""Names that users write: one that there is not is refused, with those that may have been meant, and one that is empty."""

import re
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches

from harness.contract.texts import one_line

_FEW = 16  # names that are told all
_NEAREST = 5
_LONGEST = 100
_A_BEGINNING = 2  # characters; one alone begins too much
_LEADING_ZEROS = re.compile(r"(?<![0-9])0+(?=[0-9])")


def empty(option: str) -> str:
    """The sentence about an option whose value is empty."""
    return f"{option}: 値が空である。値を書くか、指定を除く（変数が設定されているかを確かめる）。"


def unknown(where: str, name: str, known: Iterable[str]) -> str:
    """The sentence about a name that is not among `known`: the nearest of them, and all where they are few."""
    there = tuple(known)
    said = [f"近いもの: {'、'.join(near)}"] if (near := _nearest(name, there)) else []
    if len(there) <= _FEW:
        said.append(f"ある: {'、'.join(there)}")
    elif not near:
        said.append(f"ある: {'、'.join(there[:_NEAREST])} など {len(there)}件")
    return f"{where} {one_line(name, _LONGEST)}: それはない（{'。'.join(said)}）。"


def _nearest(name: str, there: tuple[str, ...]) -> list[str]:
    """By what is meant: neither case nor width of letters counts, nor zeros before a number; then what begins so."""
    plain = {_plain(known): known for known in reversed(there)}
    meant = _plain(name)
    close = get_close_matches(meant, plain, _NEAREST)
    begun = [known for known in reversed(plain) if len(meant) >= _A_BEGINNING and known.startswith(meant)]
    return [plain[near] for near in dict.fromkeys([*close[:1], *begun, *close])][:_NEAREST]


def _plain(name: str) -> str:
    return _LEADING_ZEROS.sub("", unicodedata.normalize("NFKC", name).casefold())
