"""A run of the reference gateway, bundled once, and bundled again after somebody with the key has changed it."""

import fcntl
import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from harness.certificate.archive import packed, unpacked
from harness.certificate.audit import audit
from harness.certificate.bundle import Contents, as_file, bundle
from harness.certificate.claims import CERTIFICATE, JOURNAL, SIGNER, TYPE, claims
from harness.certificate.keys import create, load
from harness.certificate.signing import sign
from harness.contract.journal_text import to_line
from harness.contract.keys import public_jwk
from harness.contract.versions import LATEST
from harness.record.run import run_of
from tests.bench.bench_run import renkei
from tests.day import of_today

Entries = list[dict[str, Any]]
CHOSEN = ("NET-02", "SIG-01", "STO-05", "LEG-01", "CON-12", "CON-03")


PREFECTURE = "reference:prefecture"
CLEAN = of_today(("reference", f"reference:contract-{LATEST}", PREFECTURE))
_BUNDLE, _KEY = "bundle.zip", "key.jwk"


@dataclass(frozen=True)
class Made:
    """A bundle, the folder of its run, the key that signed it."""

    path: Path
    folder: Path
    key: Path

    def forged(self, target: Path, change: Callable[[Entries], Entries]) -> Path:
        """The same bundle with another journal, claims that follow from it, and a proper signature."""
        files = unpacked(self.path)
        changed = change([json.loads(line) for line in files[JOURNAL].splitlines()])
        files[JOURNAL] = b"".join(map(to_line, changed))
        return self.signed(target, files)

    def signed(self, target: Path, files: dict[str, bytes], **claimed: Any) -> Path:
        """These files with a certificate that names them; `claimed` in place of what follows from them."""
        evidence = {name: files[name] for name in files if name not in {CERTIFICATE, SIGNER}}
        said = claims(run_of(files[JOURNAL].splitlines(keepends=True)), evidence) | claimed
        key = load(self.key, private=True)
        own = {CERTIFICATE: sign(said, key, TYPE), SIGNER: as_file(public_jwk(key.dict_value))}
        target.write_bytes(packed({**evidence, **own}))
        return target


def shared(factory: pytest.TempPathFactory, name: str, gateway: str, ids: tuple[str, ...] = CHOSEN) -> Made:
    """The same one for every worker of the tests and every module: whoever comes first makes it. Nobody changes it."""
    base = factory.getbasetemp()
    place = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / f"made-{name}"
    with place.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (place / _BUNDLE).exists():
            place.mkdir()
            made(place, gateway, ids)
    return Made(place / _BUNDLE, place / "run", place / _KEY)


def whole(factory: pytest.TempPathFactory) -> Made:
    """The whole suite on the clean gateway of today, once for all who look at it."""
    return shared(factory, "whole", CLEAN, ())


def made(place: Path, gateway: str, ids: tuple[str, ...]) -> Made:
    """Runs a few requirements in brief, as a bundle is read and followed some fifty times, or the whole suite where
    none is named, and bundles it."""
    key = place / _KEY
    chosen = [part for id_ in ids for part in ("--requirement", id_)]
    how = ("--brief",) if ids else ("-n", "1")
    folder = renkei(place, "--gateway", gateway, *chosen, *how).folder
    create(key)
    path = place / _BUNDLE
    path.write_bytes(bundle(folder, load(key, private=True), Contents()))
    return Made(path, folder, key)


def codes(path: Path) -> set[str]:
    """What is wrong with a bundle."""
    return {objection.code for objection in audit(path).objections}
