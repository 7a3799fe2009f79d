"""What a certificate says of a run: derived from its journal, so that whoever has the journal can say it again."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any, TypedDict

import rfc8785

from harness.catalogue.verdicts import Verdict
from harness.record.comparison import hashes
from harness.record.conclusion import assess, count
from harness.record.suite import catalogue_hash, law_hash
from harness.record.values import Run

FORMAT, VERSION = "renkei-certificate", "1"
TYPE = "renkei-certificate+jws"
JOURNAL, STATEMENT, MATRIX, CALIBRATION = "journal.jsonl", "statement.json", "matrix.json", "calibration.json"
CERTIFICATE, SIGNER = "certificate.jws", "signer.jwk"


class Claimed(TypedDict):
    """A file as the certificate names it."""

    name: str
    bytes: int
    sha256: str


class Result(TypedDict):
    """What the run came to. `scope`: 全部, or 一部 where something was left out."""

    verdict: str
    exit_code: int
    scope: str
    requirements: dict[str, int]
    checks: dict[str, int]
    waivers: int


class Certificate(TypedDict):
    """The payload (certificate.schema.json)."""

    format: str
    version: str
    run: dict[str, object]
    gateway: dict[str, str]
    result: Result
    hashes: dict[str, str]
    versions: dict[str, str]
    declares: dict[str, list[str]]
    files: list[Claimed]


def claims(run: Run, files: Mapping[str, bytes]) -> Certificate:
    """The payload of the certificate. A run that left something out, or that has known failures, says so here."""
    judged, three = assess(run), hashes(run.meta)
    return {
        "format": FORMAT,
        "version": VERSION,
        "run": {"id": run.meta.run_id, "at": run.meta.at, "seed": run.meta.seed},
        "gateway": {
            "organisation": run.meta.organisation,
            "product": run.meta.product,
            "contract": run.meta.contract,
        },
        "result": {
            "verdict": judged.heading,
            "exit_code": int(judged.exit),
            "scope": "一部" if judged.partial else "全部",
            "requirements": _counts(r.verdict for r in judged.results),
            "checks": _counts(s.outcome.verdict for s in run.scenarios),
            "waivers": len(run.meta.known_failures),
        },
        "hashes": {
            "suite": three.suite,
            "environment": three.environment,
            "run": three.run,
            "catalogue": catalogue_hash(),
            "law": law_hash(),
        },
        "versions": dict(run.meta.versions),
        "declares": {name: list(words) for name, words in run.meta.declares},
        "files": [listed(name, content) for name, content in sorted(files.items())],
    }


def listed(name: str, content: bytes) -> Claimed:
    """A file as the certificate names it."""
    return {"name": name, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def canonical(document: Any) -> bytes:
    """JSON of which there is one form (RFC 8785). Raises ValueError for what has none."""
    return rfc8785.dumps(document)


def _counts(verdicts: Iterable[Verdict]) -> dict[str, int]:
    return {verdict.value: number for verdict, number in count(verdicts).items()}
