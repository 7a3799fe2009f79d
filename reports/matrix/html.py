"""matrix.html: the kill matrix on one page that needs nothing else, neither script nor network."""

from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import version
from itertools import groupby

from harness.catalogue.findings import findings
from harness.catalogue.requirements import all_requirements
from harness.contract.texts import one_line
from harness.languages.choice import JAPANESE
from harness.record.matrix import Matrix, Row
from reports import facts
from reports.languages import words
from reports.matrix.summary import exceptions, figures, heading, mark
from reports.templates import render

FILE_NAME = "matrix.html"
_TEMPLATE = "matrix/matrix.html.jinja"
_TEXT = 300
_ELSEWHERE = "要件カタログの外"


@dataclass(frozen=True)
class Cell:
    """One crossing. `sign` is empty where the requirement did not fail."""

    kind: str
    sign: str
    meaning: str


@dataclass(frozen=True)
class Column:
    """One requirement."""

    id: str
    sentence: str
    first: bool


@dataclass(frozen=True)
class DefectLine:
    """One defect with its cells."""

    name: str
    requirement: str
    summary: str
    count: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Group:
    """The lines, or the columns, of one function."""

    function: str
    size: int
    anchor: str = ""
    lines: tuple[DefectLine, ...] = ()


_EMPTY = Cell("", "", "")


def matrix_html(matrix: Matrix, language: str = JAPANESE, at: int | None = None) -> bytes:
    """The page, UTF-8; `at`: when the runs began, in milliseconds. The same gives the same bytes."""
    return render(
        _TEMPLATE,
        {},
        **words(language, FILE_NAME),
        day=facts.moment(at),
        heading=heading(matrix),
        version=version("renkei"),
        exit_code=int(matrix.exit),
        complete=matrix.complete,
        figures=[(mark(f.good), f) for f in figures(matrix)],
        exceptions=exceptions(matrix),
        column_groups=_column_groups(matrix.columns),
        columns=_columns(matrix.columns),
        groups=_groups(matrix),
    )


def _column_groups(ids: Iterable[str]) -> list[Group]:
    return [Group(function, len(list(group))) for function, group in groupby(ids, key=_function)]


def _columns(ids: tuple[str, ...]) -> list[Column]:
    before = ("", *ids)
    return [
        Column(_one_line(id_), _sentence(id_), _function(id_) != _function(last))
        for last, id_ in zip(before, ids, strict=False)
    ]


def _groups(matrix: Matrix) -> list[Group]:
    by_function = groupby(matrix.rows, key=lambda row: _function(row.defect.requirement))
    lines = [(function, tuple(_line(row, matrix.columns) for row in rows)) for function, rows in by_function]
    return [Group(function, len(group), f"g{n}", group) for n, (function, group) in enumerate(lines)]


def _line(row: Row, columns: tuple[str, ...]) -> DefectLine:
    cells = _cells(row)
    return DefectLine(
        name=_one_line(row.defect.name),
        requirement=_one_line(row.defect.requirement),
        summary=_one_line(row.defect.summary),
        count="評価できない" if row.problem else str(len(row.convicting)),
        cells=tuple(cells.get(id_, _EMPTY) for id_ in columns),
    )


def _cells(row: Row) -> dict[str, Cell]:
    """The cells that say something, by requirement."""
    own = row.defect.requirement
    found = {id_: Cell("undecided", "?", f"{id_} 判定不能") for id_ in row.inconclusive}
    for id_ in row.failed_in_passing:
        found[id_] = Cell("passing", "·", f"{id_} 前提が成り立たず不合格")
    for conviction in row.convicting:
        id_, reasons = conviction.requirement, "、".join(map(_reason, conviction.codes))
        found[id_] = Cell("other", "○", f"{id_} 不合格（{reasons}）")
    if row.own_convicts:
        found[own] = Cell("own", "●", f"自らの要件 {found[own].meaning}")
    elif not row.problem:
        found[own] = Cell("missed", "×", f"自らの要件 {own} が不合格にならない")
    return {id_: Cell(cell.kind, cell.sign, _one_line(cell.meaning)) for id_, cell in found.items()}


def _reason(code: str) -> str:
    finding = findings().get(code)
    return f"{finding.ja} {code}" if finding else code


def _function(id_: str) -> str:
    requirement = all_requirements().get(id_)
    return requirement.function if requirement else _ELSEWHERE


def _sentence(id_: str) -> str:
    requirement = all_requirements().get(id_)
    return requirement.ja if requirement else "要件カタログにない要件"


def _one_line(text: str) -> str:
    return one_line(text, _TEXT)
