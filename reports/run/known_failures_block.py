"""`renkei run --suggest-known`: a block of TOML to paste into the file of known failures."""

import json
from collections.abc import Iterator
from datetime import timedelta

from harness.catalogue.findings import findings
from harness.catalogue.verdicts import Verdict
from harness.contract.texts import one_line
from harness.record.conclusion import assess
from harness.record.known_failure_states import day_of
from harness.record.values import Run, ScenarioRun

VALID_DAYS = 90
OWNER = "担当を記入する"
_REASON = 200  # characters


def known_failures_block(run: Run) -> str:
    """One entry for each requirement of which every scenario failed, one for each other scenario that failed; a
    comment where there is none. Nothing a gateway said is in it."""
    entries = list(_entries(run))
    return "\n".join(entries) if entries else "# 新しい不合格はない。\n"


def _entries(run: Run) -> Iterator[str]:
    told: set[str] = set()
    for result in assess(run).results:
        if result.verdict != Verdict.FAIL:
            continue
        failed = [s for s in result.scenarios if s.outcome.verdict == Verdict.FAIL]
        if failed and len(failed) == len(result.scenarios):
            yield _entry("requirement", result.requirement.id, failed[0], run)
        else:
            new = [s for s in failed if s.scenario.id not in told]
            yield from (_entry("scenario", s.scenario.id, s, run) for s in new)
        told |= {s.scenario.id for s in failed}


def _entry(kind: str, target: str, scenario: ScenarioRun, run: Run) -> str:
    finding = findings().get(scenario.outcome.code)
    reason = f"{finding.code} {finding.ja}" if finding else "不合格"
    expires = day_of(run) + timedelta(days=VALID_DAYS)
    lines = (
        "[[known]]",
        f"{kind} = {_toml(target)}",
        f"owner = {_toml(OWNER)}",
        f"reason = {_toml(one_line(reason, _REASON))}",
        f"expires = {expires.isoformat()}",
    )
    return "\n".join(lines) + "\n"


def _toml(text: str) -> str:
    """A basic string of TOML: JSON's escapes are a part of its own (toml.io v1.0.0, String)."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
