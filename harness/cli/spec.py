"""`renkei spec`: the item list and 別表第二 as the document lays them out, and the versions of the contract."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from harness.cli.ending import end
from harness.cli.helping import HelpfulCommand, HelpfulGroup
from harness.cli.spec_contract import contract
from harness.cli.spec_items import items
from harness.cli.streams import as_it_is
from harness.cli.tsv import Tsv, print_tsv
from harness.contract.law import bases, versions
from harness.contract.law.both_ways import By, LawLine, lines
from harness.contract.law.regimes import newest, regime
from harness.contract.names import unknown
from harness.languages.choice import ENGLISH, language, spoken

app = typer.Typer(cls=HelpfulGroup, no_args_is_help=True, add_completion=False)
_LAW_HEADINGS = ("項", "事務", "連携情報", "情報照会者", "県", "市", "情報提供者", "県", "市", "出典")
_WIDEST = 40  # characters of a party or affair on a terminal; --tsv has them whole
_YES, _NO = "○", "×"


@app.command("law", help="別表第二を、事務別又は特定個人情報別に示す（§6-2）", cls=HelpfulCommand)
def law(
    by: Annotated[str, typer.Option(help="affair（事務別）又は information（特定個人情報別）")] = "affair",
    table: Annotated[str | None, typer.Option(help="版、又は別表第二の外の根拠")] = None,
    item: Annotated[str | None, typer.Option(help="この項だけ")] = None,
    tsv: Tsv = False,
) -> None:
    """Prints one version; exit code 0, or 2 for a version, order or item that there is not."""
    name = table or newest(versions())
    if name not in bases():
        end(unknown("--table", name, bases()))
    orders: dict[str, By] = {"affair": "affair", "information": "information"}
    if by not in orders:
        end(f"--by {by}: affair（事務別）又は information（特定個人情報別）で指定する。")
    found = [line for line in lines(name, orders[by]) if item in (None, line.item)]
    if not found:
        end(f"--item {item}: {name} にその項はない。")
    order = (0, 1, 2, 3, 4, 5, 6, 7, 8) if by == "affair" else (2, 6, 7, 8, 3, 4, 5, 0, 1)
    shown = (*order, 9) if any(line.source for line in found) else order
    headings, rows = _pick(_LAW_HEADINGS, shown), (_pick(_law_row(line), shown) for line in found)
    if tsv:
        print_tsv(headings, rows)
        return
    with as_it_is():
        _print(_called(name), headings, rows)
        for text in _about(name):
            print(text)


app.command("items", help="データ一覧と、連携形態と照会キーの一覧（§3-4）", cls=HelpfulCommand)(items)
app.command("contract", help="契約の版と、版の間で変わること", cls=HelpfulCommand)(contract)


def _law_row(line: LawLine) -> tuple[str, ...]:
    asks = _mark(line.prefecture_asks), _mark(line.municipality_asks)
    answers = _mark(line.prefecture_answers), _mark(line.municipality_answers)
    affair = line.item, line.affair, line.information
    return (*affair, line.requester, *asks, line.provider, *answers, line.source)


def _called(name: str) -> str:
    return f"{regime(name).called} {name}" if name in versions() else name


def _about(name: str) -> Iterator[str]:
    """What a version is, and what the words of this contract are called under it; words of law stay as they are."""
    if name not in versions():
        return
    known = regime(name)
    yield known.en if language() == ENGLISH else known.title
    if known.since:
        yield spoken(f"{known.article} {known.since}から{known.until}").rstrip()
    if known.state:
        yield spoken(f"{known.state}。")
    for term in known.terms:
        yield f"{term.here} → {term.there}  {spoken('出典')}: {term.source}"


def _print(title: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    console = Console()
    table = Table(title=spoken(title), title_justify="left", box=None, pad_edge=False, show_edge=False)
    for heading in headings:
        table.add_column(spoken(heading), overflow="fold")
    for row in rows:
        cells = [cell if len(cell) <= _WIDEST else cell[: _WIDEST - 1] + "…" for cell in row]
        table.add_row(*map(Text, cells))  # a string would be read as markup
    console.print(table)
    console.print()


def _pick(row: Sequence[str], order: Sequence[int]) -> tuple[str, ...]:
    return tuple(row[place] for place in order)


def _mark(value: bool) -> str:
    return _YES if value else _NO
