"""Which requirements and scenarios take part: by statement, by option. What is not declared is 対象外."""

import pytest

from harness.plugin.options import Options
from harness.spec.requirements import requirements
from harness.spec.statement import Declares

REQUIREMENT_TAG = "要件:"
USE_CASE_TAG = "ユースケース:"


def selected(options: Options, declares: Declares) -> dict[str, str | None]:
    """Requirement id → None where it is tested, else the reason why it is 対象外; others are not listed."""
    wanted = options.requirements or tuple(requirements())
    return {id_: _excluded(id_, declares) for id_ in wanted}


def mark_scenario(tag: str, function: pytest.Function) -> bool:
    """Tag → marker; False for a tag that is not ours."""
    for prefix, marker in ((REQUIREMENT_TAG, pytest.mark.requirement), (USE_CASE_TAG, pytest.mark.use_case)):
        if tag.startswith(prefix):
            marker(tag.removeprefix(prefix))(function)
            return True
    return False


def deselect(items: list[pytest.Item], options: Options, declares: Declares) -> list[pytest.Item]:
    """Takes out the scenarios that do not take part, in place; returns them."""
    chosen = selected(options, declares)
    tested = {id_ for id_, reason in chosen.items() if reason is None}
    cases = set(options.use_cases or declares.use_cases) & set(declares.use_cases)
    keep: list[pytest.Item] = []
    out: list[pytest.Item] = []
    for item in items:
        stays = bool(tested & marked(item, "requirement")) and bool(cases & marked(item, "use_case"))
        (keep if stays else out).append(item)
    items[:] = keep
    return out


def marked(item: pytest.Item, marker: str) -> set[str]:
    """The values of one of our markers on a scenario."""
    return {mark.args[0] for mark in item.iter_markers(marker)}


def _excluded(id_: str, declares: Declares) -> str | None:
    role = requirements()[id_].role
    return None if role in declares.roles else f"実装適合宣言の roles に {role} がない"
