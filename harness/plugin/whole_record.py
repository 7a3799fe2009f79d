"""The whole record judged once the scenarios are over: what comes late, and what nobody looked for, counts as well."""

import time
from collections.abc import Iterable, Iterator, Mapping, Set
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Final, cast

from harness.bench.presence import STAYING
from harness.catalogue.findings import findings
from harness.catalogue.requirements import all_requirements
from harness.catalogue.verdicts import Verdict
from harness.contract.journal import WHOLE_RECORD, Entry, Journal
from harness.contract.journal_entries import AnyEntry, is_north
from harness.contract.messages import parse_timestamp
from harness.model.judge import followed, whole
from harness.model.kinds import kinds
from harness.model.rules import rules
from harness.model.violation import Violation, ViolationEntry
from harness.model.weighing import Weighed
from harness.plugin.looking import Look, entries_in, looking
from harness.record.reader import read, sound_entries
from harness.stimuli.journalled import Writes

# After the last message that was taken the record stays open this long: second answers have been seen to come 3 s later.
GRACE_SECONDS = 4.0
_TAKEN = 202
_ANSWERS = "SOU-16"
_FEATURE = "実行の全記録"
# What a check has of a scenario that went step by step, and none of the whole record.
_ENDED: Final[Mapping[str, object]] = MappingProxyType(
    {"step": None, "persons": [], "correlation_ids": [], "seconds": 0.0, "waiting_seconds": 0.0}
)


def conclude(journal: Journal, path: Path, before: Look, *, wait: bool, gone: str = "") -> None:
    """Judges what is in the file at `path`, and writes one check for each requirement that the record breaks. `before`: what
    was found in it already; `wait`: for what may still come; `gone`: how the gateway went away after the scenarios."""
    waited(path, wait=wait)
    with looking(path, before) as look:
        entries = entries_in(path)
        judged = judge(entries, closed=wait)
    tell(journal, entries, look.result(), judged, gone=gone)


def waited(path: Path, *, wait: bool) -> None:
    """For what may still come, if at all."""
    if wait:
        time.sleep(_left(path))


def judge(entries: list[AnyEntry], *, closed: bool) -> Weighed:
    """`closed`: nothing of these entries is open; where a run ended early, who was asked may have been gone, and what was not answered
    is no more than that."""
    return whole(entries) if closed else Weighed((), (), {})


def tell(journal: Writes, entries: list[AnyEntry], look: Look, judged: Weighed, *, gone: str = "") -> None:
    """Writes what these entries show. `gone`: how the gateway went away."""
    away = [Violation(_ANSWERS, "NO_CONNECTION", gone, STAYING, "", "")] if gone else []
    found = (*away, *look.found, *judged.violations)
    journal.write(
        Entry.OCCASIONS,
        rules=_by_rule(judged),
        kinds=kinds(entries),
        violations=[v.to_entry() for v in judged.violations],
        consequences=[v.to_entry() for v in judged.consequences],
    )
    journal.write(Entry.SEEN, scenario=WHOLE_RECORD, value=[violation.to_entry() for violation in found])
    _write(journal, entries, (*found, *followed(entries)))


def tried(journal: Writes, judged: Weighed, but: Set[str]) -> None:
    """Writes a check for each requirement that the record gave an occasion to break, and does not show to be broken; `but`: those that
    are broken in what the model of the contract does not see."""
    broken = {violation.requirement for violation in (*judged.violations, *judged.consequences)}
    held = dict.fromkeys(rules()[rule].requirement for rule, _ in judged.occasions)
    for requirement in held:
        if requirement not in broken | but:
            violation = Violation(requirement, "", "", "", "")
            scenario = f"{WHOLE_RECORD}:{requirement}"
            journal.write(Entry.SCENARIO, scenario=scenario, **dict(_about(violation)))
            kept = {"verdict": Verdict.PASS, "code": None, "observed": None, "expected": None}
            see = all_requirements()[requirement].see
            journal.write(
                Entry.CHECK,
                scenario=scenario,
                **{**_ENDED, "requirements": [requirement], **kept, "see": see},
            )


def conclude_again(journal: Journal, recorded: Path) -> None:
    """The same from a record that was masked, into the journal of what is derived from it: what only the run folder showed
    is believed."""
    entries = list(read(recorded))
    looks = [e for e in entries if e["type"] == Entry.SEEN and e["scenario"] == WHOLE_RECORD]
    value = cast(list[ViolationEntry], looks[-1]["value"]) if looks else []
    for _ in looks or (None,):  # at least one: a record without is no whole one
        journal.write(Entry.SEEN, scenario=WHOLE_RECORD, value=value)
    seen = tuple(Violation.from_entry(entry) for entry in value)
    undecided = [e for e in entries if not str(e.get("scenario")).startswith(WHOLE_RECORD)]
    _write(journal, undecided, (*seen, *followed(undecided)))


def _by_rule(judged: Weighed) -> dict[str, dict[str, int]]:
    rules: dict[str, dict[str, int]] = {}
    for (rule, alternative), count in sorted(judged.occasions.items()):
        rules.setdefault(rule, {})[alternative] = count
    return rules


def _left(path: Path) -> float:
    """Of the grace. The network takes down what comes in its order, so that nothing before its last message taken is read."""
    lines = reversed(path.read_bytes().splitlines(keepends=True))
    taken = (e for e in sound_entries(lines) if is_north(e) and e["status"] == _TAKEN)
    if (last := next(taken, None)) is None:
        return 0.0
    since = (datetime.now(UTC) - parse_timestamp(last["at"])).total_seconds()
    return min(GRACE_SECONDS, max(0.0, GRACE_SECONDS - since))


def _write(journal: Writes, entries: list[AnyEntry], violations: Iterable[Violation]) -> None:
    """Once a requirement, also where the run was taken up again."""
    written = {e["scenario"] for e in entries if e["type"] == Entry.CHECK}
    for violation in violations:
        scenario = f"{WHOLE_RECORD}:{violation.requirement}"
        if scenario in written:
            continue
        written.add(scenario)
        journal.write(Entry.SCENARIO, scenario=scenario, **dict(_about(violation)))
        journal.write(Entry.CHECK, scenario=scenario, **_check(violation))


def _about(violation: Violation) -> Iterator[tuple[str, object]]:
    """Where it happened is the scenario that it belongs to, if any."""
    file, found, rest = violation.scenario.partition(".feature:")
    line = rest.partition("[")[0]
    yield from (("use_case", None), ("feature", _FEATURE), ("rule", None), ("example", {}), ("tags", []))
    yield "name", f"全記録にわたって: {all_requirements()[violation.requirement].ja}"
    yield "file", f"{file}.feature" if found else ""
    yield "line", int(line) if line.isdigit() else 0
    yield "requirements", [violation.requirement]


def _check(violation: Violation) -> dict[str, object]:
    see = f"{all_requirements()[violation.requirement].see}。{findings()[violation.code].next}"
    return {
        "requirements": [violation.requirement],
        "verdict": Verdict.FAIL,
        "code": violation.code,
        "observed": violation.told,
        "expected": violation.expected,
        "see": see,
        **_ENDED,
    }
