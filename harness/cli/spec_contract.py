"""`renkei spec contract`: the versions of the contract, and what a vendor has to change from one to the next."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Annotated, Final

import typer

from harness.cli.ending import end
from harness.contract.changes import Change, ChangeKind, changes_between
from harness.contract.names import unknown
from harness.contract.versions import FIRST, VERSIONS
from harness.languages.choice import ENGLISH, language, spoken
from reports.layout import wrap

_WIDTH: Final = 80  # cells: what every terminal and mail has
_TITLES: Final[Mapping[ChangeKind, str]] = MappingProxyType(
    {
        ChangeKind.DUTY: "義務の追加（これまで誰にも求めなかったこと）",
        ChangeKind.DECIDED: "決定（前の版が決めていなかったこと。違う読み方をしていれば改める）",
        ChangeKind.CLARIFIED: "明確化（前の版も求めていること）",
    }
)


def contract(
    diff: Annotated[
        tuple[str, str] | None, typer.Option(help="二つの版の違い（例: --diff 1 2）", metavar="版 版")
    ] = None,
) -> None:
    """Prints the versions, or what changes between two of them; exit code 0, or 2 for one that there is not."""
    print("\n".join(_versions() if diff is None else _difference(*diff)))


def _versions() -> Iterator[str]:
    said = f"契約の版: {'、'.join(VERSIONS)}。宣言（gateway.toml）の contract に書いた版で判定する。違いは --diff {FIRST} {VERSIONS[1]} で示す。"
    yield from wrap(spoken(said), _WIDTH)


def _difference(before: str, after: str) -> Iterator[str]:
    for version in (before, after):
        if version not in VERSIONS:
            end(unknown("--diff の版", version, VERSIONS))
    if VERSIONS.index(before) >= VERSIONS.index(after):
        end(f"--diff {before} {after}: 古い版、新しい版の順に書く（例: --diff {FIRST} {VERSIONS[1]}）。")
    found = changes_between(before, after)
    heading = f"契約{before}から契約{after}への変更 {len(found)}件。契約{before}を宣言する限り、契約{before}で判定する。"
    yield from wrap(spoken(heading), _WIDTH)
    for kind in ChangeKind:
        if rows := [change for change in found if change.kind == kind]:
            yield ""
            yield from wrap(f"{spoken(_TITLES[kind])}: {len(rows)}", _WIDTH)
            for change in rows:
                yield from _change(change)


def _change(change: Change) -> Iterator[str]:
    yield ""
    yield f"  {change.see}  {change.name}"
    text = change.en if language() == ENGLISH else change.ja
    yield from (f"    {line}" for line in wrap(text, _WIDTH - 4))
