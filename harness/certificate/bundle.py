"""`renkei bundle`: a run, masked, packed and signed."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from joserfc.jwk import ECKey

from harness.catalogue.findings import ConfigurationError
from harness.certificate.archive import packed
from harness.certificate.attachments import attached
from harness.certificate.claims import CERTIFICATE, JOURNAL, SIGNER, STATEMENT, TYPE, canonical, claims
from harness.certificate.derived import as_followed
from harness.certificate.redaction import masks_of, must_be_masked, redacted
from harness.certificate.refused import RefusedBundleError
from harness.certificate.signing import sign
from harness.contract.journal import FILE_NAME, Entry
from harness.contract.journal_entries import RunEntry
from harness.contract.keys import public_jwk
from harness.record.reader import read
from harness.record.run import run_of
from harness.record.suite import suite_hash
from harness.record.values import Run


@dataclass(frozen=True)
class Contents:
    """What goes into a bundle beside the run."""

    matrix: Path | None = None
    calibration: Path | None = None


def bundle(folder: Path, key: ECKey, contents: Contents) -> bytes:
    """The bytes of the bundle of a run folder. Raises RefusedBundleError where it may not be made, ConfigurationError
    for what cannot be read."""
    journal = folder / FILE_NAME
    try:
        tested = next(e for e in read(journal) if e["type"] == Entry.RUN)
        _must_be_of_one(folder, tested)
        masks = masks_of(journal)
        record = as_followed(redacted(journal, masks))
        statement = canonical(tested["statement"])
    except (
        OSError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        StopIteration,
        RecursionError,
    ) as error:
        raise ConfigurationError(f"{folder}: 実行の記録を読めない（{type(error).__name__}）。") from error
    run = run_of(record.splitlines(keepends=True))
    _must_be_whole(run)
    files = {
        JOURNAL: record,
        STATEMENT: statement,
        **attached(contents.matrix, contents.calibration),
    }
    for name, content in files.items():
        must_be_masked(name, content, masks)
    certificate = claims(run, files)
    public = as_file(public_jwk(key.dict_value))
    try:
        signed = sign(certificate, key, TYPE)
    except ValueError as error:  # a seed beyond 2^53, say
        raise ConfigurationError(f"{folder}: 証明書を RFC 8785 の JSON に書けない（{error}）。") from error
    return packed({**files, CERTIFICATE: signed, SIGNER: public})


def _must_be_whole(run: Run) -> None:
    if not run.complete:
        raise RefusedBundleError("RUN_INCOMPLETE", "途中で終わった、又は損なわれた記録", "終わりまでの記録")
    if run.meta.suite != suite_hash():
        raise RefusedBundleError("SUITE_DIFFERS", run.meta.suite[:12], f"このスイート {suite_hash()[:12]}")


def as_file(value: Any) -> bytes:
    """A small JSON document as a bundle holds it."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1).encode() + b"\n"


def _must_be_of_one(folder: Path, tested: RunEntry) -> None:
    """A certificate is of one gateway, tested by everything that there is. Raises ConfigurationError."""
    if "partner" in tested:
        raise ConfigurationError(
            f"{folder}: 二つのゲートウェイを向かい合わせた実行（--partner）は束にできない。"
            "それぞれのゲートウェイだけを検証した実行を束ねる。"
        )
