"""What a bundle carries beside the run: the kill matrix of the suite, the calibration of the lines."""

import json
from pathlib import Path

from harness.catalogue.findings import ConfigurationError
from harness.certificate.claims import CALIBRATION, MATRIX, canonical
from harness.certificate.refused import Objection
from harness.record.suite import suite_hash

_SCHEMAS = {MATRIX: "renkei-matrix", CALIBRATION: "renkei-calibration"}


def attached(matrix: Path | None, calibration: Path | None) -> dict[str, bytes]:
    """The files by their name in the bundle. Raises ConfigurationError for what is none of them."""
    given = {MATRIX: matrix, CALIBRATION: calibration}
    return {name: _read(name, path) for name, path in given.items() if path is not None}


def objections(name: str, content: bytes) -> list[Objection]:
    """What is wrong with one of them: of another kind, or a matrix of another suite or of a suite that is not good."""
    try:
        document = json.loads(content)
    except (ValueError, RecursionError):
        return [_objection(name, "JSON ではない")]
    if not isinstance(document, dict) or document.get("schema") != _SCHEMAS.get(name):
        return [_objection(name, "様式が違う")]
    if name == MATRIX:
        return _of_matrix(document)
    return [] if document.get("good") is True else [_objection(name, "誤差が限度を超えている")]


def _of_matrix(document: dict[str, object]) -> list[Objection]:
    if document.get("suite") != suite_hash():
        return [_objection(MATRIX, f"スイート {str(document.get('suite'))[:12]} のもの")]
    if document.get("exit_code") != 0 or document.get("complete") is not True:
        return [_objection(MATRIX, "対応表が合格でない")]
    return []


def _objection(name: str, observed: str) -> Objection:
    return Objection("ATTACHMENT_DIFFERS", f"{name}: {observed}", f"スイート {suite_hash()[:12]} の {name}")


def _read(name: str, path: Path) -> bytes:
    try:
        content = canonical(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, RecursionError) as error:
        raise ConfigurationError(f"{path}: {name} として読めない（{type(error).__name__}）。") from error
    if wrong := objections(name, content):
        raise ConfigurationError(wrong[0].sentence)
    return content
