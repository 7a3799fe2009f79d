"""What the test itself is, as one hash: two runs of the same suite asked the same questions."""

import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from harness.spec.features import FEATURE_FOLDER

_SPEC = Path(__file__).parent
_CODE = tuple(_SPEC.parent / room for room in ("steps", "benefits", "residents", "model"))
_KINDS = frozenset({".feature", ".toml", ".tsv", ".json", ".py"})
_UNLIKE = "TEST-ONLY-keys.json"  # keys say nothing about what is asked


@cache
def suite_hash() -> str:
    """SHA-256 over the scenarios and their steps, the catalogue, the item list, the legal tables, the contract, the
    oracles, the residents and the judges of the whole record, by name."""
    return files_hash((FEATURE_FOLDER, _SPEC, *_CODE))


def catalogue_hash() -> str:
    """The same over the requirements alone."""
    return files_hash((_SPEC / "requirements",))


def law_hash() -> str:
    """The same over the legal tables alone."""
    return files_hash((_SPEC / "law",))


def files_hash(folders: Iterable[Path]) -> str:
    """SHA-256 over name, length and content of what is asked in these folders."""
    digest = hashlib.sha256()
    for name, path in sorted(_files(folders)):
        content = path.read_bytes()
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def _files(folders: Iterable[Path]) -> Iterator[tuple[str, Path]]:
    for folder in folders:
        for path in folder.rglob("*"):
            if path.suffix in _KINDS and path.name != _UNLIKE:
                yield f"{folder.name}/{path.relative_to(folder).as_posix()}", path
