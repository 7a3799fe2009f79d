"""`renkei dispute`: what a verdict rests on, for the maintainers: sentence, rule, the exchange, and what went before it, masked."""

import json
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final, cast

from harness.catalogue.findings import ConfigurationError
from harness.catalogue.requirements import all_requirements
from harness.catalogue.verdicts import Verdict
from harness.certificate.redaction import masks_of, must_be_masked, redacted
from harness.contract.journal import FILE_NAME, WHOLE_RECORD, Entry
from harness.contract.journal_entries import AnyEntry, is_north
from harness.contract.journal_text import to_line
from harness.contract.messages import parse_timestamp
from harness.contract.sides import Side
from harness.model.history.reading import history_of
from harness.model.rules import rules
from harness.model.violation import Violation
from harness.model.weighing import first_breach
from harness.record.reader import read
from harness.record.run import read_run
from harness.record.sides import half
from harness.record.values import Run, ScenarioRun
from harness.residents.masking import Masks

VERSION: Final = "1"
_MOST: Final = 400  # entries; a subject of a long run has thousands
_LATER: Final = 0.01  # seconds: an entry is written a little after the exchange is over
_LINE: Final = re.compile(r"（(\d+) 行目）")  # as harness.model.history.exchanges words it
_MESSAGE: Final = re.compile(r"電文 (\d+)（")
_KEPT: Final = frozenset({Entry.EXCHANGE, Entry.POLL, Entry.RESTART})


@dataclass(frozen=True)
class _Matter:
    """What is disputed. `names`: ids of whom and what it concerns; `until`: when it was over, in seconds since 1970."""

    check: ScenarioRun
    violation: Violation | None
    names: frozenset[str]
    until: float


def dispute(folder: Path, check: str) -> bytes:
    """A head, then the entries of the record that the verdict rests on, a line each. `check`: id of a check or of a requirement.
    Raises ConfigurationError for what is not there, RefusedBundleError where somebody would be named."""
    try:
        # Of two gateways against each other it is about the one under test.
        run, entries = read_run(folder), half(read(folder / FILE_NAME), Side.GATEWAY)
        matter = _matter(run, entries, _named(run, check))
        masks = masks_of(folder / FILE_NAME)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, StopIteration) as error:
        raise ConfigurationError(f"{folder}: 実行の記録を読めない（{type(error).__name__}）。") from error
    head: bytes = to_line(masks.masked(_head(run, matter)))
    content = head + _masked(_before(entries, matter), masks)
    must_be_masked("異議", content, masks)
    return content


def _named(run: Run, check: str) -> ScenarioRun:
    """The check of this id; of a requirement, the one that convicts it, the model's first."""
    failed = [s for s in run.scenarios if s.outcome.verdict in (Verdict.FAIL, Verdict.KNOWN)]
    for id_ in (check, f"{WHOLE_RECORD}:{check}"):
        for scenario in failed:
            if scenario.scenario.id == id_:
                return scenario
    for scenario in failed:
        if check in scenario.requirements:
            return scenario
    known = "、".join(s.scenario.id for s in failed[:5]) or "ない"
    raise ConfigurationError(f"{check}: 不合格の検査ではない。この実行の不合格の検査: {known}。")


def _matter(run: Run, entries: Sequence[AnyEntry], check: ScenarioRun) -> _Matter:
    found = run.judged.violations if run.judged else ()
    violation = next((v for v in found if check.scenario.id == f"{WHOLE_RECORD}:{v.requirement}"), None)
    breach = first_breach(history_of(entries), violation.rule) if violation and violation.rule else None
    if breach:
        names = {part for about in breach.about for part in about.split(":")[1:]}
        return _Matter(check, violation, frozenset(names - {""}), breach.moment)
    concerned = (*check.outcome.persons, *check.outcome.correlation_ids, check.scenario.id)
    ids = violation.scenarios if violation else ()
    return _Matter(check, violation, frozenset((*concerned, *ids)), float("inf"))


def _head(run: Run, matter: _Matter) -> dict[str, object]:
    check, violation = matter.check.outcome, matter.violation
    rule = rules().get(violation.rule) if violation else None
    sentences = {id_: all_requirements()[id_].ja for id_ in check.requirements if id_ in all_requirements()}
    return {
        "type": "dispute",
        "version": VERSION,
        "suite": run.meta.suite,
        "contract": run.meta.contract,
        "check": matter.check.scenario.id,
        "requirements": sentences,
        "rule": asdict(rule) if rule else None,
        "code": check.code,
        "observed": check.observed,
        "expected": check.expected,
        "where": violation.where if violation else "",
        "count": violation.count if violation else 1,
    }


def _before(entries: Sequence[AnyEntry], matter: _Matter) -> list[AnyEntry]:
    """The run, then what concerns the same, the exchange itself last; and what concerns those whom that shows."""
    kept = [e for e in entries if _is_kept(e) and _moment(e) <= matter.until + _LATER]
    itself = _itself(entries, matter.violation.where if matter.violation else "")
    near = itself or [e for e in kept if _concerns(e, matter.names)][-1:]
    names = matter.names.union(*map(_whom, near))
    names = names.union(*(_whom(e) for e in kept if _concerns(e, names)))
    found = [e for e in kept if (_concerns(e, names) or e["type"] == Entry.RESTART) and e not in itself]
    run = next(e for e in entries if e["type"] == Entry.RUN)
    return [run, *(_narrowed(e, names) for e in found[-_MOST:]), *itself]


def _is_kept(entry: AnyEntry) -> bool:
    """An exchange with the gateway, or who somebody is to the network: what else it was asked for is about everybody."""
    return entry["type"] in _KEPT or (entry["type"] == Entry.CONTROL and entry["path"] == "/people")


def _narrowed(entry: AnyEntry, names: frozenset[str]) -> AnyEntry:
    """Of a log, what is about the same: it is long, and about everybody."""
    said = entry.get("response")
    if not isinstance(said, dict) or not isinstance(said.get("entries"), list):
        return entry
    about = [one for one in said["entries"] if not names.isdisjoint(_words(one))]
    return cast(AnyEntry, {**entry, "response": {**said, "entries": about}})


def _itself(entries: Sequence[AnyEntry], where: str) -> list[AnyEntry]:
    """The exchange that a finding names, by the line of the record or by the number of the message."""
    if line := _LINE.search(where):
        return list(entries[int(line[1]) - 1 : int(line[1])])
    message = _MESSAGE.search(where)
    number = int(message[1]) if message else 0
    return next(([e] for e in entries if is_north(e) and e["seq"] == number), [])


def _moment(entry: AnyEntry) -> float:
    return parse_timestamp(entry["at"]).timestamp()


def _concerns(entry: AnyEntry, names: Iterable[str]) -> bool:
    return not set(names).isdisjoint(_words(entry))


def _words(value: object) -> Iterator[str]:
    """Every text, and the parts of paths."""
    if isinstance(value, dict):
        for member in value.values():
            yield from _words(member)
    elif isinstance(value, list):
        for member in value:
            yield from _words(member)
    elif isinstance(value, str):
        yield value
        yield from re.split(r"[/?=&]", value) if value.startswith("/") else ()


def _whom(entry: AnyEntry) -> Iterator[str]:
    """Whom an exchange is about, by whichever name it has."""
    said: dict[str, object] = {**entry}
    header, request, answer = (said.get(name) for name in ("header", "request", "response"))
    for part, name in (
        (said, "person"),
        (header, "link_code"),
        (header, "correlation_id"),
        (request, "local_id"),
        (answer, "local_id"),
    ):
        value = part.get(name) if isinstance(part, dict) else None
        if isinstance(value, str) and value:
            yield value


def _masked(entries: Iterable[AnyEntry], masks: Masks) -> bytes:
    with tempfile.TemporaryDirectory(prefix="renkei-dispute-") as place:
        journal = Path(place) / FILE_NAME
        journal.write_bytes(b"".join(to_line(dict(entry)) for entry in entries))
        return redacted(journal, masks)


def head_of(content: bytes) -> dict[str, object]:
    """The first line of a file of `dispute`. Raises ValueError for another one."""
    head = json.loads(content.partition(b"\n")[0])
    if not isinstance(head, dict) or head.get("type") != "dispute":
        raise ValueError("異議の見出しがない")
    return head
