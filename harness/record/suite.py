"""What the test itself is, as one hash: two runs of the same suite asked, played and judged the same."""

import hashlib
import os
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from harness.catalogue.features import FEATURE_FOLDER
from harness.contract.extensions import extensions
from harness.contract.resources import resource

_PLACE = Path(__file__).parents[2]
# Features and harness ask and judge, mocks and load play. The reports only show what came of it.
_ROOMS = (FEATURE_FOLDER.name, "harness", "mocks", "load")
_KINDS = (
    ".feature",
    ".toml",
    ".tsv",
    ".json",
    ".py",
    ".ini",
    ".mjs",
    "renkei",
)  # the last starts the command
_UNLIKE = "TEST-ONLY-keys.json"  # keys say nothing about what is asked


@cache
def suite_hash() -> str:
    """SHA-256 over every file, by name, that asks, plays or decides: scenarios, harness, mocks, load, verdict rules, extensions."""
    added = (Path(str(resource(room=extension))) for extension in extensions())
    return _hash(_files((*(_PLACE / room for room in _ROOMS), *added)))


def hash_of_suite(place: Path) -> str:
    """The same of a suite that lies elsewhere."""
    return _hash(_files(place / room for room in _ROOMS))


def catalogue_hash() -> str:
    """The same over the requirements alone."""
    return _hash(_files((_PLACE / "harness" / "catalogue" / "requirements",)))


def law_hash() -> str:
    """The same over the legal tables alone, those of extensions among them."""
    ours = _PLACE / "harness" / "contract" / "law"
    added = (Path(str(resource("law", room=extension))) for extension in extensions())
    return _hash(_files((ours, *added)))


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
