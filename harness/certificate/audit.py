"""`renkei audit`: everything of a bundle checked again, offline, by somebody who did not run it."""

import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, cast

from harness.certificate import attachments, attestation, recorded_times
from harness.certificate.archive import unpacked
from harness.certificate.attestation import Attestation
from harness.certificate.bundle import as_file
from harness.certificate.claims import (
    CALIBRATION,
    CERTIFICATE,
    JOURNAL,
    MATRIX,
    SIGNER,
    STATEMENT,
    TYPE,
    Certificate,
    canonical,
    claims,
    listed,
)
from harness.certificate.derived import derive
from harness.certificate.keys import imported
from harness.certificate.refused import Objection, RefusedBundleError
from harness.certificate.schemas import problem_with
from harness.certificate.signing import verified
from harness.contract.journal import Entry
from harness.contract.journal_entries import Said
from harness.contract.journal_text import must_be_plain
from harness.record.conclusion import assess
from harness.record.fields import mapping
from harness.record.reader import entries_of
from harness.record.run import run_of
from harness.record.suite import suite_hash

_EVIDENCE = frozenset({JOURNAL, STATEMENT, MATRIX, CALIBRATION})
_MOST = 20  # objections that are told of times
_NEEDED = frozenset({JOURNAL, STATEMENT, CERTIFICATE, SIGNER})


@dataclass(frozen=True)
class Attested:
    """An attestation whose signature holds, and the key."""

    said: Attestation
    signer: str


@dataclass(frozen=True)
class Audit:
    """What came of it. `trusted`: None where no key was given to trust."""

    objections: tuple[Objection, ...]
    certificate: Certificate | None
    signer: str
    trusted: bool | None
    attested: tuple[Attested, ...] = ()
    files: Mapping[str, bytes] | None = None


def audit(path: Path, trusted: Iterable[str] = ()) -> Audit:
    """Of a bundle. `trusted`: thumbprints. Raises OSError where there is nothing to read."""
    believed = frozenset(trusted)
    try:
        files = _members(path)
        signer = imported(_json(files[SIGNER]), private=False)
        certificate = verified(files[CERTIFICATE], signer, TYPE)
        attested = tuple(_attestations(files))
    except RefusedBundleError as refused:
        return Audit((refused.objection,), None, "", None)
    except (ValueError, RecursionError) as error:
        return Audit((Objection("SIGNATURE_INVALID", str(error)[:200], "署名者の公開鍵"),), None, "", None)
    kid = str(signer.kid)
    known = kid in believed if believed else None
    found = [*_of_signer(kid, known), *_of_files(files, certificate)]
    found = found or _of_run(files, certificate)
    return Audit(tuple(found), cast(Certificate, certificate), kid, known, attested, files)


def _members(path: Path) -> dict[str, bytes]:
    """Raises RefusedBundleError for another form than the one that `bundle` writes."""
    files = unpacked(path)
    strange = {
        n for n in files if n not in _EVIDENCE | _NEEDED and not n.startswith(f"{attestation.FOLDER}/")
    }
    if strange or _NEEDED - files.keys():
        observed = "、".join(sorted(strange or _NEEDED - files.keys()))
        raise RefusedBundleError(
            "BUNDLE_CHANGED", f"余分な、又は欠けたファイル {observed}", "束のファイルだけ"
        )
    return files


def _attestations(files: Mapping[str, bytes]) -> Iterator[Attested]:
    """Raises RefusedBundleError for one that does not hold, or is about another certificate."""
    inside = sorted(name for name in files if name.startswith(f"{attestation.FOLDER}/"))
    keys = [name for name in inside if name.endswith(".jwk")]
    expected = [n for name in keys for n in (name, f"{name[:-4]}.jws")]
    if sorted(expected) != inside:
        raise RefusedBundleError("BUNDLE_CHANGED", "証言と鍵の組が揃わない", "証言ごとに一つの鍵")
    for name in keys:
        key = imported(_json(files[name]), private=False)
        said = verified(files[f"{name[:-4]}.jws"], key, attestation.TYPE)
        about = attestation.digest(files[CERTIFICATE])
        if attestation.names(key)[1] != name or said.get("certificate_sha256") != about:
            raise RefusedBundleError(
                "SIGNATURE_INVALID", f"{name}: 別の証明書についての証言", "この証明書への証言"
            )
        if problem := problem_with("attestation", said):
            raise RefusedBundleError("BUNDLE_BROKEN", f"{name}: {problem}", "証言の様式")
        yield Attested(Attestation.from_document(said), str(key.kid))


def _of_signer(kid: str, known: bool | None) -> Iterator[Objection]:
    if known is False:
        yield Objection("SIGNER_UNKNOWN", f"署名者 {kid}", "--trust で渡された鍵の署名")


def _of_files(files: Mapping[str, bytes], certificate: Said) -> Iterator[Objection]:
    """Hashes of every file, and whether this suite can say anything about the run."""
    evidence = _evidence(files)
    if problem := problem_with("certificate", certificate):
        yield Objection("CLAIM_DIFFERS", problem, "証明書の様式（certificate.schema.json）")
    if certificate.get("files") != [listed(name, evidence[name]) for name in sorted(evidence)]:
        yield Objection("BUNDLE_CHANGED", "ファイルのハッシュが証明書と違う", "証明書に記されたファイル")
    suite = mapping(certificate.get("hashes")).get("suite")
    if suite != suite_hash():
        yield Objection(
            "SUITE_DIFFERS", f"束のスイート {str(suite)[:12]}", f"このスイート {suite_hash()[:12]}"
        )
    for name in sorted(evidence.keys() & {MATRIX, CALIBRATION}):
        yield from attachments.objections(name, evidence[name])


def _evidence(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """What the certificate is about."""
    return {name: content for name, content in files.items() if name in _EVIDENCE}


def _of_run(files: Mapping[str, bytes], certificate: Said) -> list[Objection]:
    """Every verdict derived anew, and every claim from the journal."""
    try:
        found = list(_of_record(files))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        said = f"{type(error).__name__} {error}"[:100]
        return [Objection("RECORD_DIFFERS", f"記録を読めない（{said}）", "検証台が書いた記録")]
    with tempfile.TemporaryDirectory(prefix="renkei-audit-") as place:
        record = Path(place) / "record"
        record.mkdir()
        (record / JOURNAL).write_bytes(files[JOURNAL])
        found += derive(record, Path(place))
    return [*found, *_of_claims(files, certificate)]


def _of_record(files: Mapping[str, bytes]) -> Iterator[Objection]:
    """The record as it stands, before it is followed: every line one of the bench, times and names that agree."""
    lines = files[JOURNAL].splitlines(keepends=True)
    for line in lines:
        must_be_plain(line)
    entries = list(entries_of(lines))
    if {canonical(e["statement"]) for e in entries if e["type"] == Entry.RUN} != {files[STATEMENT]}:
        yield Objection("RECORD_DIFFERS", "宣言が記録と違う", "記録された宣言")
    yield from islice(recorded_times.objections(entries), _MOST)


def _of_claims(files: Mapping[str, bytes], certificate: Said) -> Iterator[Objection]:
    run = run_of(files[JOURNAL].splitlines(keepends=True))
    if not run.complete:
        yield Objection("RUN_INCOMPLETE", "途中で終わった、又は損なわれた記録", "終わりまでの記録")
    if run.end and run.end.exit_code != int(assess(run).exit):
        yield Objection("VERDICT_DIFFERS", f"終了コード {run.end.exit_code}", str(int(assess(run).exit)))
    evidence = _evidence(files)
    try:
        derived = json.loads(canonical(claims(run, evidence)))
    except ValueError as error:
        yield Objection("RECORD_DIFFERS", f"証明書に書けない値（{error}）", "RFC 8785 の JSON に書ける値")
        return
    for name in sorted(derived.keys() | certificate.keys()):
        if derived.get(name) != certificate.get(name):
            said, is_ = (json.dumps(c.get(name), ensure_ascii=False)[:120] for c in (certificate, derived))
            yield Objection("CLAIM_DIFFERS", f"証明書の {name} {said}", is_)


def _json(content: bytes) -> Any:
    document = json.loads(content)
    if as_file(document) != content:
        raise ValueError("鍵の綴りが違う")
    return document
