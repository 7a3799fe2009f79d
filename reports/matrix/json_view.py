"""matrix.json: the kill matrix for programs. Its schema is matrix.schema.json."""

import json

from harness.catalogue.requirements import all_requirements
from harness.contract.texts import one_line
from harness.record.matrix import PRECISE, PRECISE_SHARE, Control, Matrix, Row
from harness.record.suite import suite_hash

FILE_NAME = "matrix.json"
VERSION = "2"
_TEXT = 1000  # characters of one text; the whole is in the run folder


def matrix_json(matrix: Matrix) -> bytes:
    """The JSON document, UTF-8."""
    document = {
        "schema": "renkei-matrix",
        "version": VERSION,
        "suite": suite_hash(),
        "complete": matrix.complete,
        "exit_code": int(matrix.exit),
        "seconds": round(matrix.seconds, 1),
        "order": {
            "seed": matrix.order.seed,
            "defects": matrix.order.defects,
            "part": matrix.order.part or None,
            "narrowed": matrix.order.narrowed,
        },
        "summary": _summary(matrix),
        "requirements": [_requirement(id_, matrix) for id_ in matrix.columns],
        "controls": [_control(control) for control in matrix.controls],
        "defects": [_defect(row) for row in matrix.rows],
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n"


def _summary(matrix: Matrix) -> dict[str, object]:
    return {
        "evaluated": len(matrix.evaluated),
        "own_convicted": matrix.own_convicted,
        "precise_limit": PRECISE,
        "precise_share": round(matrix.precise_share, 4),
        "precise_share_needed": PRECISE_SHARE,
        "not_evaluated": [name for name, _ in matrix.problems],
    }


def _requirement(id_: str, matrix: Matrix) -> dict[str, object]:
    requirement = all_requirements().get(id_)
    return {
        "id": _one_line(id_),
        "level": requirement.level if requirement else None,
        "function": requirement.function if requirement else None,
        "ja": requirement.ja if requirement else None,
        "en": requirement.en if requirement else None,
        "convicts": [
            _one_line(row.defect.name)
            for row in matrix.rows
            if id_ in {c.requirement for c in row.convicting}
        ],
    }


def _control(control: Control) -> dict[str, object]:
    return {
        "gateway": _one_line(control.gateway),
        "exit_code": control.exit_code,
        "seconds": round(control.seconds, 1),
        "as_expected": control.as_expected,
        "passed": _one_line_each(control.passed),
        "not_passed": _one_line_each(control.not_passed),
        "problem": _one_line(control.problem) or None,
    }


def _defect(row: Row) -> dict[str, object]:
    return {
        "name": _one_line(row.defect.name),
        "requirement": _one_line(row.defect.requirement),
        "summary": _one_line(row.defect.summary),
        "exit_code": row.exit_code,
        "seconds": round(row.seconds, 1),
        "own_convicts": row.own_convicts,
        "convicting": [
            {"id": _one_line(c.requirement), "codes": _one_line_each(c.codes)} for c in row.convicting
        ],
        "failed_in_passing": _one_line_each(row.failed_in_passing),
        "inconclusive": _one_line_each(row.inconclusive),
        "problem": _one_line(row.problem) or None,
    }


def _one_line_each(texts: tuple[str, ...]) -> list[str]:
    return [_one_line(text) for text in texts]


def _one_line(text: str) -> str:
    return one_line(text, _TEXT)
