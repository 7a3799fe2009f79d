"""Verdicts of a requirement and exit codes of a run."""

from enum import IntEnum, StrEnum


class Verdict(StrEnum):
    """What a check or a requirement came to."""

    PASS = "合格"
    FAIL = "不合格"
    NOT_APPLICABLE = "対象外"
    INCONCLUSIVE = "判定不能"
    KNOWN = "既知"


class Exit(IntEnum):
    """Exit codes of `renkei` and of pytest with --gateway."""

    CONFORMS = 0
    DOES_NOT_CONFORM = 1
    CONFIGURATION = 2
    BENCH_ERROR = 3
    INCONCLUSIVE = 4
    LOAD_GATE = 5
