"""What the test itself is, as one hash: two runs of the same suite asked, played and judged the same."""

import hashlib
import os
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from harness.catalogue.features import FEATURE_FOLDER

_SPEC = Path(__file__).parent
_PLACE = _SPEC.parents[1]
# The suite asks, mocks and load play. Of the reports there is what judges; the others only show it.
_ROOMS = ("harness", "mocks", "load")
_JUDGING = ("entries", "fields", "known", "run", "values", "verdicts")
_KINDS = (".feature", ".toml", ".tsv", ".json", ".py", ".ini", ".mjs")
_UNLIKE = "TEST-ONLY-keys.json"  # keys say nothing about what is asked


@cache
def suite_hash() -> str:
    """SHA-256 over every file, by name, that asks, plays or decides: scenarios, harness, mocks, load, verdict rules."""
    return hash_of_suite(_PLACE)


def hash_of_suite(place: Path) -> str:
    """The same of a suite that lies elsewhere."""
    judging = (place / "reports" / f"{name}.py" for name in _JUDGING)
    folders = (place / FEATURE_FOLDER.name, *(place / room for room in _ROOMS))
    return _hash([*_files(folders), *((f"reports/{path.name}", path) for path in judging)])


def catalogue_hash() -> str:
    """The same over the requirements alone."""
    return _hash(_files((_SPEC / "requirements",)))


def law_hash() -> str:
    """The same over the legal tables alone."""
    return _hash(_files((_SPEC / "law",)))


def _hash(files: Iterable[tuple[str, Path]]) -> str:
    """SHA-256 over name, length and content."""
    digest = hashlib.sha256()
    for name, path in sorted(files):
        content = path.read_bytes()
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def _files(folders: Iterable[Path]) -> Iterator[tuple[str, Path]]:
    """Every file of the suite's kinds by its name from the folder on. os.walk: twice as fast as rglob, at every start."""
    for folder in folders:
        for place, _, names in os.walk(folder):
            for name in names:
                if name.endswith(_KINDS) and name != _UNLIKE:
                    path = Path(place, name)
                    yield f"{folder.name}/{path.relative_to(folder).as_posix()}", path
