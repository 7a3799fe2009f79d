"""What a version of the table is: a file beside its rows (`table2_<day>.toml`) says by which act it stands, since when, and what the
words of this contract are called there. A version without one is 別表第二 itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from harness.contract.extensions import found
from harness.contract.law import versions
from harness.contract.resources import toml


@dataclass(frozen=True, slots=True)
class Term:
    """A word of this contract, what it is called under the version, and where that is written."""

    here: str
    there: str
    source: str


@dataclass(frozen=True, slots=True)
class Regime:
    """`called`: the table, as one cites it; `title`, `article`: the text that it stands in, and by which article it counts; `since`,
    `until`: the days on which it was in force, both inclusive, empty for none; `state`: what has to be known of it; `whole`: all its rows
    are here. `en`: the title in English."""

    version: str
    called: str
    title: str
    en: str
    article: str = ""
    since: str = ""
    until: str = ""
    state: str = ""
    whole: bool = True
    terms: tuple[Term, ...] = ()


@cache
def regime(version: str) -> Regime:
    """Of one version. Raises KeyError for one that is not carried."""
    if version not in versions():
        raise KeyError(f"別表第二の版 {version} はない（ある版: {'、'.join(versions())}）")
    name, rooms = f"table2_{version}.toml", found("law", ".toml")
    told: dict[str, Any] = dict(toml("law", name, room=rooms[name]) if name in rooms else _plain(version))
    terms = tuple(Term(**row) for row in told.pop("term", ()))
    return Regime(version=version, terms=terms, **told)


def newest(among: Iterable[str]) -> str:
    """The newest version of those named: one whose rows are all here before one that is carried in part. Raises ValueError where
    none of them is a version."""
    return max((name for name in among if name in versions()), key=rank)


def rank(name: str) -> tuple[bool, bool, str]:
    """The greater, the sooner a version or further basis is cited where several have what is asked for."""
    is_version = name in versions()
    return is_version and regime(name).whole, is_version, name


def _plain(version: str) -> dict[str, str]:
    title = f"行政手続における特定の個人を識別するための番号の利用等に関する法律 別表第二（{version} の状態）"
    return {
        "called": "別表第二",
        "title": title,
        "en": f"番号法 (My Number Act), 別表第二 as of {version}",
        "since": version,
    }
