"""What the test itself is, as one hash: two runs of the same suite asked the same questions."""

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from harness.spec.features import FEATURE_FOLDER

_SPEC = Path(__file__).parent
_KINDS = frozenset({".feature", ".toml", ".tsv", ".json"})
_UNLIKE = "TEST-ONLY-keys.json"  # keys say nothing about what is asked


@cache
def suite_hash() -> str:
    """SHA-256 over the scenarios, the catalogue, the item list, the legal tables and the contract, by name."""
    digest = hashlib.sha256()
    for name, path in sorted(_files()):
        content = path.read_bytes()
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def _files() -> Iterator[tuple[str, Path]]:
    for folder in (FEATURE_FOLDER, _SPEC):
        for path in folder.rglob("*"):
            if path.suffix in _KINDS and path.name != _UNLIKE:
                yield f"{folder.name}/{path.relative_to(folder).as_posix()}", path
