"""What the inbox said to each message that reached it (guide §3): the check list, and the first check that fails decides."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from json import JSONDecodeError, loads

from harness.contract.messages import Kind
from harness.contract.refusals import refusals
from harness.contract.versions import FIRST
from harness.model.cases import Breach, Case
from harness.model.history.exchanges import Delivery
from harness.model.history.history import History
from harness.model.inbox import admission
from harness.model.inbox.envelope import Envelope, Letter, on_record
from harness.model.inbox.proper import (
    PROPER,
    accepts_rule,
    is_of_earlier_check,
    particulars,
    passed,
    wrongly_refused,
)
from harness.model.inbox.steps import Inbox, Step
from harness.model.inbox.walk import NO_DIRECTORY, UNDELIVERED, Verdict, further_faults, verdict_of
from harness.model.rules import rules
from harness.model.state.asked import Asked
from harness.model.state.directory import Asking, Directories
from harness.model.state.patience import Patience
from harness.model.state.subjects import Subjects
from harness.model.state.taken import Taken

_AGE = "contract-2-directory-age"
_UNKNOWN = {"一覧にない": "知らない団体", "kid が違う": "知らない kid"}
_REPLIES = frozenset({Kind.ANSWER, Kind.RECEIPT, Kind.ERROR})


def arrivals(history: History) -> Iterator[Case]:
    """Every answer of the inbox that came. What never came may have been lost on the way."""
    letters, directories = _letters(history), Directories.of(history)
    inbox = _inbox(history, letters)
    first = replace(inbox, declared=replace(history.declared, contract=FIRST))
    for letter in letters:
        if letter.delivery.status is None or not letter.kind:
            continue
        held = directories.possible(letter.delivery.span)
        verdict = verdict_of(first, letter, held)
        cases = [] if verdict is None else list(_Judged(history, letter, verdict).cases())
        yield from cases
        if inbox.settles and not any(case.breach for case in cases):
            verdict = verdict_of(inbox, letter, held)
            yield from () if verdict is None else _Judged(history, letter, verdict).settled()


def verdicts(history: History) -> Iterator[tuple[Letter, Verdict, tuple[Step, ...]]]:
    """Of every message that was answered what contract 1 permits, and what is wrong with it beside what decides."""
    letters, directories = _letters(history), Directories.of(history)
    inbox = _inbox(history, letters)
    first = replace(inbox, declared=replace(history.declared, contract=FIRST))
    for letter in letters:
        if letter.delivery.status is not None and letter.kind:
            held = directories.possible(letter.delivery.span)
            if (verdict := verdict_of(first, letter, held)) is not None:
                yield letter, verdict, tuple(further_faults(first, letter, held))


def _letters(history: History) -> list[Letter]:
    read: dict[str, Envelope] = {}
    letters = []
    for delivery in history.deliveries:
        if on_record(delivery):
            if delivery.token not in read:
                read[delivery.token] = Envelope.of(delivery.token)
            letters.append(Letter.of(delivery, read[delivery.token]))
    return letters


def _inbox(history: History, letters: list[Letter]) -> Inbox:
    replied: dict[str, float] = {}
    opened: dict[str, set[str]] = defaultdict(set)
    for letter in letters:
        id_, end = letter.envelope.text("correlation_id"), letter.delivery.span.end
        if letter.kind in _REPLIES and letter.delivery.accepted:
            replied[id_] = min(replied.get(id_, end), end)
        elif letter.kind not in _REPLIES:
            opened[id_].add(letter.envelope.text("message_id"))
    return Inbox(
        history.declared,
        Taken.of((letter.envelope.text("message_id"), letter.delivery) for letter in letters),
        Asked.of(history),
        history.once(Subjects.of),
        replied,
        opened,
        tuple(sorted(restart.span.begin for restart in history.restarts)),
        history.keys.real.keys(),
    )


@dataclass(frozen=True, slots=True)
class _Judged:
    """One answer of the inbox."""

    history: History
    letter: Letter
    verdict: Verdict

    @property
    def delivery(self) -> Delivery:
        """What was said."""
        return self.letter.delivery

    @property
    def kind(self) -> str:
        """Of message."""
        return self.letter.kind

    def cases(self) -> Iterator[Case]:
        """Of an answer that came."""
        if self.delivery.accepted:
            yield from self._receipt()
            yield from self._accepted()
        elif self.delivery.error is not None:
            yield from self._refused(str(self.delivery.error.get("code")))
        elif not self._is_killed():
            said = f"契約の拒否でない応答（{self.delivery.status}）をした"
            yield self._breach(*self._of_status(), said, self._unfit())

    def _accepted(self) -> Iterator[Case]:
        if not self.verdict.accepts:
            yield self._breach(*self._on_trial(""), "受け付けた", "NOT_REFUSED")
        elif self.verdict.clear and self.verdict.arrival is not None:
            for rule, alternative in passed(self.kind):
                yield Case(rule, alternative)
            for rule, alternative in particulars(self.verdict.arrival):
                yield Case(rule, alternative)

    def _refused(self, code: str) -> Iterator[Case]:
        said = f"{code}（{self.delivery.status}）で拒否した"
        if code not in self.verdict.codes:
            yield self._breach(*self._on_trial(code), said, self._unfit())
        elif not self._as_published(code):
            yield self._breach(*self._on_trial(code), f"{said}が、status か phase が違う", "WRONG_REFUSAL")
        elif code == UNDELIVERED:
            yield Case(NO_DIRECTORY.rule, f"{self.kind}・{NO_DIRECTORY.variant}")
        elif self.verdict.decided is None and code == admission.REPLAYED:
            yield Case("inbox-twice-at-once", f"{self.kind}・同時に二つ")
        elif self.verdict.clear and self.verdict.decided is not None:
            yield Case(*self._on_trial(code))

    def settled(self) -> Iterator[Case]:
        """Of an answer that contract 1 permits, by what contract 2 decides."""
        verdict, error = self.verdict, self.delivery.error
        if not self.delivery.accepted and error is None:
            return
        code = "" if self.delivery.accepted else str((error or {}).get("code"))
        kept = code in verdict.codes if code else verdict.accepts
        said = f"{code}（{self.delivery.status}）で拒否した" if code else "受け付けた"
        yield from self._asked_anew()
        trial = [step for step in verdict.settled if kept or code in step.open_before]
        if verdict.decided is not None and rules()[verdict.decided.rule].contract != FIRST:
            trial.append(verdict.decided)
        for step in trial:
            alternative = f"{self.kind}・{step.variant}"
            if not kept:
                finding = "WRONG_REFUSAL" if code else "NOT_REFUSED"
                yield self._breach(step.rule, alternative, said, finding)
                return
            if verdict.clear:
                yield Case(step.rule, alternative)

    def _asked_anew(self) -> Iterator[Case]:
        """What is not known is asked for at once, every five seconds at most."""
        variant = self.verdict.decided.variant if self.verdict.decided else ""
        if variant in _UNKNOWN and self.verdict.clear and not self.delivery.accepted:
            kept = self.history.once(Asking.of).just_before(self.delivery.span)
            said = f"{variant}のに、団体の一覧を取得し直さない"
            expected = "知らない団体や kid に出会えば、取得し直す"
            word = _UNKNOWN[variant]
            yield Case(_AGE, word, None if kept else self._told(said, expected, "NO_ANSWER"))

    def _receipt(self) -> Iterator[Case]:
        """The network kept the answer as text, cut off where it is long; what a retry met under load is no answer to the first."""
        id_, wrong = self.letter.envelope.text("message_id"), ""
        if self.delivery.problem:
            wrong = "受け付けたという応答が、様式 accepted に合わない"
        elif id_ and _named(self.delivery.text) not in {None, id_}:
            wrong = "受け付けたという応答が、ほかの電文の番号を示す"
        rule, alternative, expected = (
            "inbox-receipt",
            self.kind,
            "その電文の message_id だけを持つオブジェクト",
        )
        code = "SCHEMA_MISMATCH" if self.delivery.problem else ""
        yield Case(rule, alternative, self._told(wrong, expected, code) if wrong else None)

    def _on_trial(self, code: str) -> tuple[str, str]:
        """The rule that a wrong answer breaks: of the check that had to refuse, or of the one before it that must not have."""
        decided, arrival = self.verdict.decided, self.verdict.arrival
        passed = decided is None or is_of_earlier_check(code, self.verdict.number)
        if passed and arrival is not None and code not in self.verdict.codes:
            return wrongly_refused(code, arrival)
        if decided is not None:
            return decided.rule, f"{self.kind}・{decided.variant}"
        return accepts_rule(self.kind), f"{self.kind}・{PROPER}"

    def _of_status(self) -> tuple[str, str]:
        """What cannot be read as a refusal is held to be the permitted one of its status, which the check that it belongs to says."""
        decided, arrival = self.verdict.decided, self.verdict.arrival
        codes = (c for c in sorted(self.verdict.codes) if refusals()[c].status == self.delivery.status)
        code = next(codes, "")
        if code == UNDELIVERED:
            return NO_DIRECTORY.rule, f"{self.kind}・{NO_DIRECTORY.variant}"
        if code and arrival is not None and (decided is None or code not in decided.codes):
            return wrongly_refused(code, arrival)
        return self._on_trial("")

    def _unfit(self) -> str:
        return "UNEXPECTED_STATUS" if self.verdict.accepts else "WRONG_REFUSAL"

    def _as_published(self, code: str) -> bool:
        refusal, error = refusals()[code], self.delivery.error or {}
        return (self.delivery.status, error.get("phase")) == (refusal.status, refusal.phase)

    def _is_killed(self) -> bool:
        """A gateway that is starting may say anything, if it says something."""
        return self.history.once(Patience.of).meets(self.delivery.span)

    def _breach(self, rule: str, alternative: str, said: str, code: str) -> Case:
        fault = f"（{self.verdict.decided.variant}）" if self.verdict.decided else ""
        observed = f"{self.delivery.words}{fault}を、{said}"
        return Case(rule, alternative, self._told(observed, self._expected(), code))

    def _expected(self) -> str:
        codes = sorted(self.verdict.codes)
        ways = [f"{code}（{refusals()[code].status}）で拒否する" for code in codes]
        return "、又は".join([*(["202 で受け付ける"] if self.verdict.accepts else []), *ways])

    def _told(self, observed: str, expected: str, code: str) -> Breach:
        ids = (self.letter.envelope.text("message_id"), self.letter.envelope.text("correlation_id"))
        about = tuple(
            f"{name}:{id_}" for name, id_ in zip(("message", "correlation"), ids, strict=True) if id_
        )
        scenario = self.history.scenario_of(
            self.delivery.person, ids[1], self.delivery.header.get("correlation_id")
        )
        moment = self.delivery.span.end
        return Breach(observed, expected, self.delivery.words, scenario, moment, about, code)


def _named(text: str) -> str | None:
    """The message id that an answer names, None where it cannot be read as a whole."""
    try:
        said = loads(text)
    except (JSONDecodeError, RecursionError):
        return None
    return str(said.get("message_id")) if isinstance(said, dict) and "message_id" in said else None
