"""Which defects are run: all, some by name, or a rotating part."""

import json
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from harness.catalogue.findings import ConfigurationError
from harness.catalogue.requirements import requirements
from harness.contract.names import unknown
from harness.record.matrix import Defect

_LIST = (sys.executable, "-I", "-m", "mocks.defects")
_LIST_SECONDS = 60
_PART = re.compile(r"([0-9]{1,4})/([0-9]{1,4})")


class NoDefectsError(Exception):
    """The list of defects cannot be had: a fault of the bench."""


@dataclass(frozen=True)
class Choice:
    """What the user asked for; empty means all."""

    names: tuple[str, ...] = ()
    requirements: tuple[str, ...] = ()
    part: str = ""


def all_defects() -> list[Defect]:
    """Every defect there is, by name. Raises NoDefectsError with the last line that its process said."""
    try:
        done = subprocess.run(_LIST, capture_output=True, text=True, timeout=_LIST_SECONDS, check=True)
        return [Defect(**{**d, "methods": tuple(d["methods"])}) for d in json.loads(done.stdout)]
    except subprocess.CalledProcessError as error:
        raise NoDefectsError(f"欠陥の一覧を得られない: {last_line(error.stderr)}") from error
    except (subprocess.TimeoutExpired, ValueError, LookupError, TypeError) as error:
        raise NoDefectsError(f"欠陥の一覧を得られない: {type(error).__name__}") from error


def choose(choice: Choice, known: Sequence[Defect]) -> list[Defect]:
    """The defects to run. Raises ConfigurationError in one sentence for what there is not."""
    _check("--requirement", choice.requirements, list(requirements()))
    _check("--defect", choice.names, [defect.name for defect in known])
    chosen = [d for d in known if not choice.names or d.name in choice.names]
    if choice.requirements and not choice.names:
        chosen = [d for d in chosen if d.requirement in choice.requirements]
    first, step = part_of(choice.part)
    chosen = chosen[first - 1 :: step]
    if not chosen:
        raise ConfigurationError(
            "その指定に当たる欠陥が一つもない。--defect、--requirement、--part を見直す。"
        )
    return chosen


def last_line(text: str) -> str:
    """The last line that is not empty."""
    lines = text.strip().splitlines()
    return lines[-1] if lines else ""


def part_of(given: str) -> tuple[int, int]:
    """K and N of K/N, 1 and 1 for none. Raises ConfigurationError."""
    if not given:
        return 1, 1
    match = _PART.fullmatch(given)
    first, step = (int(match[1]), int(match[2])) if match else (0, 0)
    if not 1 <= first <= step:
        raise ConfigurationError(f"--part {given}: K/N（1 ≦ K ≦ N、例 2/7）で指定する。")
    return first, step


def _check(option: str, given: Sequence[str], known: Sequence[str]) -> None:
    for name in given:
        if name not in known:
            raise ConfigurationError(unknown(option, name, known))
