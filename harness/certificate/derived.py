"""Derives every verdict of a recorded run anew: the scenarios run once more, against the record alone."""

import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from harness.catalogue.verdicts import Verdict
from harness.certificate.redaction import masks_of
from harness.certificate.refused import Objection, RefusedBundleError
from harness.contract.journal import FILE_NAME, Entry
from harness.contract.journal_entries import AnyEntry, CheckEntry, Said, is_north
from harness.contract.journal_text import to_line
from harness.record.reader import entries_of, entry_of, read
from harness.residents.masking import Masks

LONGEST_SECONDS = 600.0
_MOST = 20  # objections that are told; the first is enough to refuse
_ASKED = frozenset({Entry.EXCHANGE, Entry.POLL, Entry.CONTROL, Entry.WAIT, Entry.SEEN, Entry.STEP})
_JUDGED = (
    "verdict",
    "code",
    "observed",
    "expected",
    "see",
    "requirements",
    "persons",
    "correlation_ids",
    "step",
)
_SHOWN = ("observed", "expected", "correlation_ids")
_SCENARIO = ("use_case", "feature", "rule", "name", "example", "file", "line", "tags", "requirements")
_STEP = ("keyword", "text", "line", "outcome")
_RUN = (
    "organisation",
    "product",
    "suite",
    "selected",
    "declares",
    "law",
    "narrowed",
    "brief",
    "chosen",
    "rerun",
    "known",
    "seed",
    "statement",
)


def derive(record: Path, place: Path) -> list[Objection]:
    """What of the record does not follow from what was asked and answered. `record`: a folder with a masked journal,
    to which is added who the residents are; `place`: a folder for what is derived."""
    first = place / "first"
    if refused := _replay(record, first):
        return [refused]
    if not differences(record / FILE_NAME, first / FILE_NAME):
        return []
    again = _again(record, first, place / "second")
    return [again] if isinstance(again, Objection) else differences(record / FILE_NAME, again)


def as_followed(redacted: bytes) -> bytes:
    """A redacted journal whose observations are those that follow from it: what was observed then is cut somewhere, perhaps
    within a name. Verdicts and codes stay, and what cannot be followed does: the audit of the bundle will say it."""
    with tempfile.TemporaryDirectory(prefix="renkei-bundle-") as place:
        record = Path(place) / "record"
        record.mkdir()
        (record / FILE_NAME).write_bytes(redacted)
        first = Path(place) / "first"
        followed = _replay(record, first) or _again(record, first, Path(place) / "second")
        if isinstance(followed, Objection):
            raise RefusedBundleError(followed.code, followed.observed, followed.expected)
        said = _Said(followed, masks_of(followed)).checks
    lines = redacted.splitlines(keepends=True)
    return b"".join(to_line(_with_observation(entry, said)) for entry in entries_of(lines))


def _with_observation(entry: AnyEntry, said: Mapping[str, list[Said]]) -> Said:
    followed = said.get(str(entry.get("scenario")), [])
    if entry["type"] != Entry.CHECK or len(followed) != 1:
        return entry
    return {**entry, **{name: followed[0][name] for name in _SHOWN}}


def _again(record: Path, first: Path, second: Path) -> Path | Objection:
    """The journal of the record followed once more: a list of the gateway may name residents of other scenarios, who are
    known when all of them were met once."""
    with (record / FILE_NAME).open("ab") as journal, (first / FILE_NAME).open("rb") as derived:
        journal.writelines(line for line in derived if entry_of(line)["type"] == Entry.PEOPLE)
    return _replay(record, second) or second / FILE_NAME


def _replay(record: Path, target: Path) -> Objection | None:
    command = [sys.executable, "-I", "-m", "harness.cli", "run", "--replay", str(record), "--run-folder"]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(
            [*command, str(target)],
            capture_output=True,
            env=environment,
            timeout=LONGEST_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Objection("RECORD_DIFFERS", f"{LONGEST_SECONDS:.0f} 秒たどっても終わらない", "終わる記録")
    if (target / FILE_NAME).exists():
        return None
    said = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2][:300]
    return Objection("RECORD_DIFFERS", said or f"終了コード {done.returncode}", "たどれる記録")


def differences(recorded: Path, derived: Path) -> list[Objection]:
    """Where two journals of the same run differ in what they say, times and the ids of runs and workers apart."""
    try:
        one, other = _Said(recorded, None), _Said(derived, masks_of(derived))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        return [Objection("RECORD_DIFFERS", f"記録を読めない（{type(error).__name__}）", "読める記録")]
    found = [*_of_run(one, other), *_of_plan(one, other)]
    if one.gaps:
        found.append(Objection("RECORD_DIFFERS", f"北側の電文の番号が {one.gaps} か所で飛ぶ", "続いた番号"))
    for scenario in sorted(one.checks.keys() | other.checks.keys()):
        found += _of_scenario(scenario, one, other)
    return found[:_MOST]


class _Said:
    """What a journal says, masked as the record is, by scenario."""

    def __init__(self, path: Path, masks: Masks | None) -> None:
        self.run: Said = {}
        self.plan: set[str] = set()
        self.checks: dict[str, list[Said]] = {}
        self.announced: dict[str, Said] = {}
        self.steps: dict[str, list[Said]] = {}
        self.asked: Counter[tuple[str, str]] = Counter()
        self.north, self.gaps = 0, 0
        for entry in read(path):
            self._take(_masked(entry, masks) if masks and entry["type"] != Entry.PEOPLE else entry)

    def _take(self, entry: AnyEntry) -> None:
        if entry["type"] == Entry.RUN:
            self.run = self.run or entry
        elif is_north(entry):
            # The network numbers its messages from 1, anew where a run was taken up again.
            self.gaps += entry["seq"] not in {1, self.north + 1}
            self.north = entry["seq"]
        elif entry["type"] == Entry.PLAN:
            self.plan |= set(entry["scenarios"])
        elif entry["type"] == Entry.SCENARIO:
            self.announced[entry["scenario"]] = _part(entry, _SCENARIO)
            self.steps[entry["scenario"]] = []
            if all(
                check["verdict"] == Verdict.INCONCLUSIVE for check in self.checks.get(entry["scenario"], [])
            ):
                self.checks.pop(entry["scenario"], None)  # the bench was cut off, and the scenario begun anew
            for name in _ASKED:
                self.asked.pop((entry["scenario"], name), None)
        elif entry["type"] == Entry.CHECK:
            self.checks.setdefault(entry["scenario"], []).append(_part(entry, _JUDGED))
        elif entry["type"] in _ASKED and entry.get("scenario") is not None:
            self.asked[str(entry.get("scenario")), entry["type"]] += 1
            if entry["type"] == Entry.STEP:
                self.steps.setdefault(entry["scenario"], []).append(_part(entry, _STEP))


def _of_run(one: _Said, other: _Said) -> Iterator[Objection]:
    for name in _RUN:
        if one.run.get(name) != other.run.get(name):
            yield Objection("RECORD_DIFFERS", f"run の {name} が記録と違う", "宣言と指定から導かれる値")


def _of_plan(one: _Said, other: _Said) -> Iterator[Objection]:
    for scenario in sorted(other.plan - one.checks.keys()):
        yield Objection("CHECK_MISSING", f"{scenario} の検査がない", "予定したすべてのシナリオの検査")
    for scenario in sorted(one.plan ^ other.plan):
        yield Objection("CHECK_MISSING", f"{scenario} が予定に合わない", "宣言と指定から導かれる予定")


def _of_scenario(scenario: str, one: _Said, other: _Said) -> Iterator[Objection]:
    was, is_ = one.checks.get(scenario, []), other.checks.get(scenario, [])
    if len(was) != 1 or len(is_) != 1:
        yield Objection("CHECK_MISSING", f"{scenario} の検査が {len(was)}件", "一つのシナリオに一つの検査")
        return
    for name in _JUDGED:
        if was[0][name] != is_[0][name]:
            code = "VERDICT_DIFFERS" if name == "verdict" else "RECORD_DIFFERS"
            yield Objection(code, f"{scenario} の {name} {was[0][name]!s:.80}", f"{is_[0][name]!s:.80}")
    if one.announced.get(scenario) != other.announced.get(scenario):
        yield Objection("RECORD_DIFFERS", f"{scenario} の見出し", "スイートのシナリオ")
    if one.steps.get(scenario) != other.steps.get(scenario):
        yield Objection("RECORD_DIFFERS", f"{scenario} のステップ", "記録をたどったときのステップ")
    for kind in sorted(_ASKED):
        if one.asked[scenario, kind] != other.asked[scenario, kind]:
            yield Objection("RECORD_DIFFERS", f"{scenario} の {kind} の数", "シナリオが求める数")


def _masked(entry: AnyEntry, masks: Masks) -> AnyEntry:
    masked: AnyEntry = masks.masked(entry)
    if masked["type"] != Entry.CHECK:
        return masked
    observed, expected = (
        masks.cut_masked(text) if text else text for text in (masked["observed"], masked["expected"])
    )
    return CheckEntry({**masked, "observed": observed, "expected": expected})


def _part(entry: Said, names: tuple[str, ...]) -> Said:
    return {name: entry[name] for name in names}
