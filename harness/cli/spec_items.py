"""`renkei spec items`: the データ一覧 and the 連携形態と照会キーの一覧 (§3-4), on a terminal, as a page, or to be read by a spreadsheet."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Annotated

import typer

from harness.cli.ending import end
from harness.cli.streams import as_it_is, told
from harness.cli.tsv import Tsv, print_tsv
from harness.contract.items import informations
from harness.contract.items.listing import FormLine, ItemLine, by_information, form_lines, item_lines
from harness.contract.names import unknown
from harness.contract.texts import one_line
from harness.contract.use_cases import UseCase, use_cases
from harness.languages.choice import language, speaking
from reports.items.html import items_pages
from reports.items.text import forms_text, how_often, items_text
from reports.run.views import write_file

_ITEM_HEADINGS = (
    "No.", "情報名", "型", "桁数", "コード", "コード名", "最小", "最大", "項目説明", "出典",
)  # fmt: skip
_FORM_HEADINGS = ("連携情報", "業務", "連携形態", "照会キー", "代わる書類", "根拠と項", "照会者", "提供者")
_YES = "○"


def items(
    information: Annotated[str | None, typer.Option(help="この連携情報だけ")] = None,
    keys: Annotated[bool, typer.Option("--keys", help="連携形態と照会キーの一覧だけ")] = False,
    tsv: Tsv = False,
    html: Annotated[
        Path | None, typer.Option(help="二つの一覧を一枚の HTML に書き出す（英語のものも並べて）")
    ] = None,
) -> None:
    """Prints both lists; exit code 0, or 2 for an information that there is not and a file that cannot be written."""
    if information is not None and information not in informations():
        end(unknown("--information", information, informations()))
    if html is not None and (keys or tsv):
        end("--html は --keys、--tsv と同時に指定できない。")
    listed = () if keys else tuple(item_lines(information))
    forms = tuple(line for line in form_lines() if information in (None, line.information.name))
    if html is not None:
        _write(html, items_pages(listed, forms, html.name))
    elif tsv:
        _print_tsv(listed, forms)
    else:
        tell = speaking(language())
        blocks = [*([items_text(listed, tell)] if listed else []), forms_text(forms, tell)]
        with as_it_is():
            print("\n\n".join("\n".join(block) for block in blocks))


def _write(path: Path, pages: Mapping[str, tuple[str, bytes]]) -> None:
    """Names the page that whoever asked can read; the other one lies beside it, and is a link away."""
    try:
        for name, page in pages.values():
            write_file(path.parent / name, page)
    except OSError as error:
        end(f"--html {one_line(str(path), 300)}: 書き出せない（{error.strerror}）。")
    own, _ = pages[language()]
    told("書き出したファイル: {0}", one_line(str(path.parent / own), 300))


def _print_tsv(listed: Iterable[ItemLine], forms: Iterable[FormLine]) -> None:
    if rows := list(_item_rows(listed)):
        print_tsv((*_ITEM_HEADINGS, *(f"No.{u.number}" for u in use_cases().values())), rows)
    print_tsv(_FORM_HEADINGS, _form_rows(forms))


def _item_rows(lines: Iterable[ItemLine]) -> Iterator[tuple[str, ...]]:
    """A line for each information and for each group, as the document has them."""
    cases = tuple(use_cases().values())
    empty = tuple("" for _ in cases)
    for known, sections in by_information(lines):
        yield ("", f"【{known.name}】", "", "", "", "", "1", "1", known.business, "", *empty)
        for section in sections:
            if (group := section.group) is not None:
                often = how_often(section.lines[0])
                yield ("", f"◆{group.name}", "", "", "", "", *often, group.note, "", *empty)
            yield from (_item_row(line, cases) for line in section.lines)


def _item_row(line: ItemLine, cases: Iterable[UseCase]) -> tuple[str, ...]:
    item = line.item
    marks = (_YES if u.number in line.used else "" for u in cases)
    codes = ("・".join(item.codes), "・".join(item.code_names))
    size = (item.type, str(item.length), *codes, *how_often(line))
    return (str(line.number), item.name, *size, item.note, item.source, *marks)


def _form_rows(lines: Iterable[FormLine]) -> Iterator[tuple[str, ...]]:
    for line in lines:
        known = line.information
        head = (known.name, known.business, line.form, "、".join(known.key) or "なし", known.document)
        for name, item, asks, answers in line.bases or (("", "", "", ""),):
            yield (*head, f"{name} {item}".strip(), asks, answers)
