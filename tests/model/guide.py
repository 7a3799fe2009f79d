"""The guide cut into sentences, each under its heading."""

import re
from collections.abc import Iterator
from pathlib import Path

_END = re.compile(r"(?<=[.;])\s+(?=[^a-z]|`)|(?<=; )")
_ITEM = re.compile(r"\||\* |\d\. ")
_WORD = re.compile(r"[a-z_]{3,}|[\u3040-\u9fff]+|\d{3,}")


def sentences(path: Path) -> list[tuple[str, str]]:
    """Heading and sentence, in order; code blocks, rulers of tables and marks of lists left out."""
    return [
        (heading, said)
        for heading, block in _blocks(path.read_text(encoding="utf-8"))
        for part in _END.split(block)
        if (said := _plain(part))
    ]


def words(text: str) -> frozenset[str]:
    """Those by which two sentences are told to say the same."""
    return frozenset(_WORD.findall(text.lower()))


def headings(path: Path) -> list[int]:
    """The depth of every heading, in order."""
    plain = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    return [len(marks) for marks in re.findall(r"^(#+) ", plain, re.MULTILINE)]


def rows(path: Path) -> list[int]:
    """How many rows and items of lists stand under each heading."""
    plain = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    return [
        len(re.findall(r"^(?:\||\* |\d\. )", part, re.MULTILINE))
        for part in re.split(r"^#+ ", plain, flags=re.MULTILINE)
    ]


def _blocks(text: str) -> Iterator[tuple[str, str]]:
    heading, lines = "", list[str]()
    for line in [*re.sub(r"```.*?```", "", text, flags=re.DOTALL).split("\n"), ""]:
        if line.startswith("#") or not line.strip() or _ITEM.match(line):
            yield heading, " ".join(lines)
            lines = []
        if line.startswith("#"):
            heading = line.lstrip("# ")
        elif line.strip():
            lines.append(line.strip())


def _plain(part: str) -> str:
    said = part.strip().removeprefix("* ")
    return said if said.strip("|-* ") else ""
