"""The Japanese sentences that stand in the code: texts, and texts with blanks, as a table of languages has them."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

_BLANK = re.compile(r"\{[a-z_0-9]*(?::[^{}]*)?\}")
_LOOKED_FOR = {"get", "partition", "removeprefix", "startswith", "endswith", "split", "compile", "replace"}
_GHERKIN = {"given", "when", "then", "step", "doing"}
_IN_TEMPLATES = re.compile(r'tell\("((?:[^"\\]|\\.)*)"\)')


def in_code(path: Path) -> Iterator[str]:
    """What a program may say: no docstring, no Gherkin, nothing that a value is compared with or looked up by."""
    text = path.read_text(encoding="utf-8")
    if text.isascii():
        return
    tree = ast.parse(text)
    beside = set(_not_said(tree))
    for node in ast.walk(tree):
        if id(node) in beside:
            continue
        if isinstance(node, ast.JoinedStr):
            yield _numbered(node)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield _numbered_blanks(node.value)


def in_template(text: str) -> list[str]:
    """What a page says in the language of its reader."""
    return _IN_TEMPLATES.findall(text)


def _not_said(tree: ast.AST) -> Iterator[int]:
    for node in ast.walk(tree):
        yield from (id(part) for part in _parts_not_said(node))


def _parts_not_said(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
        yield from (first.value for first in node.body[:1] if isinstance(first, ast.Expr))
    elif isinstance(node, ast.JoinedStr):
        yield from (part for part in node.values if isinstance(part, ast.Constant))
    elif isinstance(node, ast.Subscript):
        yield node.slice
    elif isinstance(node, ast.Compare):
        yield from ast.walk(node)
    elif isinstance(node, ast.Call):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name in _LOOKED_FOR | _GHERKIN:
            yield from (part for argument in node.args for part in ast.walk(argument))


def _numbered(node: ast.JoinedStr) -> str:
    said, blanks = "", 0
    for part in node.values:
        if isinstance(part, ast.Constant):
            said += str(part.value)
        else:
            said += f"{{{blanks}}}"
            blanks += 1
    return said


def _numbered_blanks(text: str) -> str:
    numbers = iter(range(100))
    return _BLANK.sub(lambda _: f"{{{next(numbers)}}}", text)
