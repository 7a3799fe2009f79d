"""The kill matrix in words: its figures, each with what it has to be, and its exceptions, by name."""

from collections.abc import Iterator
from dataclasses import dataclass

from harness.catalogue.requirements import all_requirements
from harness.catalogue.verdicts import Exit
from harness.contract.texts import one_line
from harness.record.matrix import PRECISE, PRECISE_SHARE, Control, Matrix, Row

_TEXT = 300
HEADINGS = {
    Exit.CONFORMS: "合格",
    Exit.DOES_NOT_CONFORM: "不合格",
    Exit.BENCH_ERROR: "評価できない実行がある",
}
_INCOMPLETE = "未完了"


@dataclass(frozen=True)
class Figure:
    """One line of the summary. `good` is None where the figure has not to be anything."""

    label: str
    value: str
    good: bool | None


@dataclass(frozen=True)
class Exceptions:
    """What is not as it has to be, one line each."""

    title: str
    lines: tuple[str, ...]


def heading(matrix: Matrix) -> str:
    """The matrix in one word."""
    return HEADINGS.get(matrix.exit, _INCOMPLETE)


def figures(matrix: Matrix) -> tuple[Figure, ...]:
    """The figures, in the order of their weight."""
    total, evaluated = len(matrix.rows), len(matrix.evaluated)
    of = f"{total}" if total == matrix.order.defects else f"{total}（予定 {matrix.order.defects}）"
    precise = sum(row.precise for row in matrix.evaluated)
    return (
        Figure("欠陥", of + (f"、部分 {matrix.order.part}" if matrix.order.part else ""), None),
        Figure(
            "自らの要件で不合格になった欠陥", f"{matrix.own_convicted}/{total}", matrix.own_convicted == total
        ),
        Figure(
            f"{PRECISE}要件以下で不合格になった欠陥（{PRECISE_SHARE:.0%} 以上が条件）",
            f"{precise}/{evaluated}（{matrix.precise_share:.1%}）",
            matrix.precise_share >= PRECISE_SHARE,
        ),
        *(_control_figure(control) for control in matrix.controls),
        Figure("評価できない実行", f"{len(matrix.problems)}", not matrix.problems),
        Figure("種", f"{matrix.order.seed}", None),
        Figure("所要時間", f"{matrix.seconds:.0f} 秒", None),
    )


def exceptions(matrix: Matrix) -> tuple[Exceptions, ...]:
    """Every list of exceptions that is not empty; the last one is for information."""
    rows = matrix.evaluated
    whole = matrix.complete and not (matrix.order.part or matrix.order.narrowed)
    unproven = matrix.unproven if whole else ()
    found = (
        Exceptions("評価できない実行", tuple(f"{name} — {why}" for name, why in matrix.problems)),
        Exceptions("自らの要件で不合格にならない欠陥", tuple(_missed(r) for r in rows if not r.own_convicts)),
        Exceptions(
            f"{PRECISE}要件を超えて不合格になった欠陥", tuple(_wide(r) for r in rows if not r.precise)
        ),
        *(_unexpected(control) for control in matrix.controls),
        Exceptions("判定不能の要件がある欠陥", tuple(_undecided(r) for r in rows if r.inconclusive)),
        Exceptions("どの欠陥も不合格にしていない要件（参考）", tuple(_sentence(id_) for id_ in unproven)),
    )
    return tuple(Exceptions(e.title, tuple(_one_line(line) for line in e.lines)) for e in found if e.lines)


def summary(matrix: Matrix) -> Iterator[str]:
    """The lines that a terminal shows. Nothing in them controls it."""
    yield f"欠陥と要件の対応: {heading(matrix)}"
    for figure in figures(matrix):
        yield f"  {mark(figure.good)} {figure.label}: {figure.value}"
    for group in exceptions(matrix):
        yield f"{group.title}（{len(group.lines)}件）"
        yield from (f"  {line}" for line in group.lines)


def mark(good: bool | None) -> str:
    """A sign that is read without colour."""
    return "・" if good is None else "○" if good else "×"


def _control_figure(control: Control) -> Figure:
    total = len(control.passed) + len(control.not_passed)
    wanted = "すべて合格が条件" if control.clean else "合格なしが条件"
    value = f"合格 {len(control.passed)}/{total}"
    return Figure(f"{control.gateway}（{wanted}）", value, control.as_expected)


def _unexpected(control: Control) -> Exceptions:
    title = f"{control.gateway} が合格し{'ない' if control.clean else 'てしまう'}要件"
    return Exceptions(title, () if control.problem else tuple(map(_sentence, control.unexpected)))


def _missed(row: Row) -> str:
    others = "、".join(c.requirement for c in row.convicting) or "なし"
    return f"{_defect(row)}、不合格にした要件: {others}"


def _wide(row: Row) -> str:
    ids = "、".join(c.requirement for c in row.convicting)
    return f"{_defect(row)}、{len(row.convicting)}要件: {ids}"


def _undecided(row: Row) -> str:
    return f"{_defect(row)}、判定不能: {'、'.join(row.inconclusive)}"


def _defect(row: Row) -> str:
    return f"{row.defect.name}（{row.defect.requirement}） {row.defect.summary}"


def _sentence(id_: str) -> str:
    requirement = all_requirements().get(id_)
    return f"{id_} {requirement.ja}" if requirement else id_


def _one_line(line: str) -> str:
    return one_line(line, _TEXT)
