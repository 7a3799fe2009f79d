"""Japanese text on a terminal: widths in cells, line breaks by 禁則処理 (JIS X 4051), columns."""

import re

from rich.cells import cell_len, set_cell_size

from harness.contract.texts import ELLIPSIS

# Words of ASCII stay whole; every other character may be broken after.
_PIECES = re.compile(r"[!-~]+| |[^!-~ ]")
_NEVER_FIRST = frozenset(
    "、。，．・：；？！）」』】〕〉》”’ー々…％,.)]}:;?!%ぁぃぅぇぉっゃゅょァィゥェォッャュョ"
)
_NEVER_LAST = frozenset("（「『【〔〈《“‘([{")
_SHORTEST_END = 3  # pieces; a single 「る」 on the last line looks like a mistake


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most `width` cells, at least one. Line feeds of the text are kept as breaks."""
    return [line for paragraph in text.split("\n") for line in _wrap_paragraph(paragraph, width)]


def pad(text: str, width: int) -> str:
    """Filled with blanks to `width` cells; a longer text stays as it is."""
    return text + " " * (width - cell_len(text))


def crop(text: str, width: int) -> str:
    """At most `width` cells; what is cut shows by an ellipsis."""
    return text if cell_len(text) <= width else set_cell_size(text, width - 1).rstrip(" ") + ELLIPSIS


def _wrap_paragraph(text: str, width: int) -> list[str]:
    lines: list[list[str]] = [[]]
    used = 0
    for piece in _pieces(text, width):
        cells = cell_len(piece)
        if used + cells > width and lines[-1]:
            carried = _carried(lines[-1], piece)
            lines.append(carried)
            used = sum(map(cell_len, carried))
            if not carried and piece == " ":
                continue
        lines[-1].append(piece)
        used += cells
    if len(lines) > 1:
        _lengthen_end(lines[-2], lines[-1], width)
    return ["".join(line).rstrip(" ") for line in lines]


def _lengthen_end(before: list[str], last: list[str], width: int) -> None:
    """Moves pieces of the line before to a last line that is too short, where a break is allowed and it fits."""
    while (
        last and len(before) > _SHORTEST_END and (len(last) < _SHORTEST_END or not _breakable(before, last))
    ):
        if cell_len("".join(last)) + cell_len(before[-1]) > width // 2:
            return
        last.insert(0, before.pop())


def _breakable(line: list[str], following: list[str]) -> bool:
    return following[0][0] not in _NEVER_FIRST and line[-1][-1] not in _NEVER_LAST


def _carried(line: list[str], coming: str) -> list[str]:
    """What moves to the next line together with the coming piece, so that no line starts or ends wrongly.
    Two pieces at most: a row of brackets may not empty a line."""
    carried: list[str] = []
    while len(line) > 1 and len(carried) < 2:
        if _breakable(line, carried or [coming]):
            break
        carried.insert(0, line.pop())
    return carried


def _pieces(text: str, width: int) -> list[str]:
    """Pieces that fit a line each; a word longer than half a line may be broken anywhere."""
    found: list[str] = []
    for piece in _PIECES.findall(text):
        found.extend(piece if len(piece) > width // 2 else [piece])
    return found
