"""What is wrong with extensions, found before anything of theirs is used."""

import tomllib
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from importlib.util import find_spec
from typing import Any, Final

from harness.contract import extensions
from harness.contract.resources import CONTRACT, resource, toml
from harness.contract.use_cases import ROOM, cases_in, room_of

_ITEMS: Final = "items"
_FILES: Final = {_ITEMS: "*.toml", "law": "table2_*"}
_TABLES: Final = (
    ("roles.toml",),
    ("law", "terms.toml"),
    ("law", "other_bases.toml"),
    ("law", "other_affairs.toml"),
    ("law", "competence.toml"),
)
_NAMES: Final = ("name", "phrase")  # by which a row of a list is known
_OF_CASES: Final = ("number", "name", "folder")
_IN_CASES: Final = (
    ("affair", "name", "事務"),
    ("purpose", "name", "目的"),
    ("claim", "benefit", "給付"),
    ("claim", "words", "申請の言葉"),
)


def faults() -> Iterator[str]:
    """One sentence each. What has the name of ours, or of another's, would take its place, and nobody would see it."""
    there = extensions.extensions()
    for extension in there:
        if not _is_there(extension):
            yield f"拡張 {extension}: そのパッケージがない。入れ直すか、入口 {extensions.GROUP} の名前を確かめる。"
            return
    if not there:
        return
    try:
        taken = {*_names_in(CONTRACT), *_names_of_cases(ROOM)}
        for extension in there:
            own = [*_names_in(extension), *_names_of_cases(room_of(extension))]
            yield from (
                f"拡張 {extension}: {name} は既にある。別の名前にする。" for name in own if name in taken
            )
            taken.update(own)
    except tomllib.TOMLDecodeError as error:
        yield f"拡張 {'、'.join(there)}: TOML として読めないファイルがある（{error}）。"


def _is_there(extension: str) -> bool:
    try:
        return find_spec(extension) is not None
    except ImportError:
        return False


def _names_in(room: str) -> Iterator[str]:
    for folder, pattern in _FILES.items():
        place = resource(folder, room=room)
        names = sorted(entry.name for entry in place.iterdir()) if place.is_dir() else ()
        for name in (name for name in names if fnmatchcase(name, pattern)):
            yield f"{folder}/{name}"
            if folder == _ITEMS:  # an information is known by its name, whatever its file is called
                information = toml(folder, name, room=room).get("information", {})
                yield f"連携情報 {information.get('name', name)}"
    for path in _TABLES:
        if resource(*path, room=room).is_file():
            for table, rows in toml(*path, room=room).items():
                yield from (f"{'/'.join(path)} の {table} {name}" for name in _known_by(rows))


def _known_by(rows: Any) -> Iterator[str]:
    if isinstance(rows, Mapping):
        yield from rows
    else:
        yield from (
            str(row[name]) for row in rows for name in _NAMES if isinstance(row, Mapping) and name in row
        )


def _names_of_cases(room: str) -> Iterator[str]:
    for case in cases_in(room).values():
        yield from (f"ユースケースの {name} {case[name]}" for name in _OF_CASES if name in case)
        for table, name, word in _IN_CASES:
            yield from (f"{word} {row[name]}" for row in case.get(table, ()) if name in row)
