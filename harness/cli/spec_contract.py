"""`renkei spec contract`: the versions of the contract, and what a vendor has to change from one to the next."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Annotated, Final

import typer

from harness.cli.ending import end
from harness.contract.changes import Change, ChangeKind, changes_between
from harness.contract.names import unknown
from harness.contract.versions import FIRST, VERSIONS
from reports.layout import wrap

_WIDTH: Final = 80  # cells: what every terminal and mail has
_LANGUAGES: Final = ("ja", "en")
_TITLES: Final[Mapping[str, Mapping[ChangeKind, str]]] = MappingProxyType(
    {
        "ja": {
            ChangeKind.DUTY: "義務の追加（これまで誰にも求めなかったこと）",
            ChangeKind.DECIDED: "決定（前の版が決めていなかったこと。違う読み方をしていれば改める）",
            ChangeKind.CLARIFIED: "明確化（前の版も求めていること）",
        },
        "en": {
            ChangeKind.DUTY: "New duties (asked of nobody before)",
            ChangeKind.DECIDED: "Decided (left open before: change what you read otherwise)",
            ChangeKind.CLARIFIED: "Clarified (asked for already)",
        },
    }
)
_HEADINGS: Final = MappingProxyType(
    {
        "ja": "契約{0}から契約{1}への変更 {2}件。契約{0}を宣言する限り、契約{0}で判定する。",
        "en": "{2} changes from contract {0} to contract {1}. Who declares contract {0} is judged by it.",
    }
)
_VERSIONS: Final = MappingProxyType(
    {
        "ja": "契約の版: {}。宣言（gateway.toml）の contract に書いた版で判定する。違いは --diff {} {} で示す。",
        "en": "Versions of the contract: {}. A gateway is judged by the one that contract in its statement "
        "(gateway.toml) names. --diff {} {} shows what changes.",
    }
)


def contract(
    diff: Annotated[
        tuple[str, str] | None, typer.Option(help="二つの版の違い（例: --diff 1 2）", metavar="版 版")
    ] = None,
    lang: Annotated[str, typer.Option(help="ja（日本語）又は en（英語）")] = _LANGUAGES[0],
) -> None:
    """Prints the versions, or what changes between two of them; exit code 0, or 2 for one that there is not."""
    if lang not in _LANGUAGES:
        end(unknown("--lang", lang, _LANGUAGES))
    said = _versions(lang) if diff is None else _difference(*diff, lang)
    print("\n".join(said))


def _versions(lang: str) -> Iterator[str]:
    named = "、".join(VERSIONS) if lang == "ja" else ", ".join(VERSIONS)
    yield from wrap(_VERSIONS[lang].format(named, FIRST, VERSIONS[1]), _WIDTH)


def _difference(before: str, after: str, lang: str) -> Iterator[str]:
    for version in (before, after):
        if version not in VERSIONS:
            end(unknown("--diff の版", version, VERSIONS))
    if VERSIONS.index(before) >= VERSIONS.index(after):
        end(f"--diff {before} {after}: 古い版、新しい版の順に書く（例: --diff {FIRST} {VERSIONS[1]}）。")
    found = changes_between(before, after)
    yield from wrap(_HEADINGS[lang].format(before, after, len(found)), _WIDTH)
    for kind in ChangeKind:
        if rows := [change for change in found if change.kind == kind]:
            yield ""
            yield from wrap(f"{_TITLES[lang][kind]}: {len(rows)}", _WIDTH)
            for change in rows:
                yield from _change(change, lang)


def _change(change: Change, lang: str) -> Iterator[str]:
    yield ""
    yield f"  {change.see}  {change.name}"
    text = change.ja if lang == "ja" else change.en
    yield from (f"    {line}" for line in wrap(text, _WIDTH - 4))
