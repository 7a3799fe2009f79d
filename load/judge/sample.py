"""Checks the answers of a load run by the model of the contract, as the suite does, and what business systems see of theirs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from types import MappingProxyType
from typing import Final, NamedTuple, Self

from harness.catalogue.findings import NonconformityError
from harness.catalogue.verdicts import Verdict
from harness.contract.journal_entries import Said
from harness.contract.json_binding import peek
from harness.contract.keys.ring import PUBLISHED, KeyRing
from harness.contract.messages import Kind
from harness.contract.statement import Statement
from harness.gateways.south import SouthFace
from harness.model.cases import Breach
from harness.model.history.exchanges import Sending
from harness.model.judges.envelopes import envelopes
from harness.model.judges.replies import answers_given
from harness.model.likeness import members, same
from harness.model.rules import rules
from harness.record.fields import mapping
from load.judge.told import Answered, history_of
from load.prepare.prepared import Prepared
from load.send.sent import Sent

_ASKED = {"相当年度"}  # what every answer to such an enquiry has alike tells nobody from anybody
# What the report of a load run calls these.
_CALLED: Final[Mapping[str, str]] = MappingProxyType(
    {
        "answers-what-was-asked": "HEADER_DIFFERS",
        "reply-own-link-code": "WRONG_RECORD",
        "own-record": "WRONG_RECORD",
    }
)


@dataclass(frozen=True)
class Checked:
    """What the check of one answer came to."""

    index: int
    name: str
    correlation_id: str
    verdict: Verdict
    code: str = ""
    observed: str = ""
    expected: str = ""


def check_north(
    statement: Statement, answered: Sequence[Answered], keys: KeyRing = PUBLISHED
) -> list[Checked]:
    """The gateway's answers as the network took them, opened with the keys of the counterparts that asked, by the model of the
    contract; each by what is wrong first. In the order given."""
    history = history_of(statement, answered, keys)
    wrong: dict[str, Finding] = {}
    for case in chain(envelopes(history), answers_given(history)):
        if case.breach:
            found = Finding.of(case.rule, case.breach)
            for about in case.breach.about:
                wrong.setdefault(about, found)
    return [
        _north(asked, sending, wrong) for (asked, _), sending in zip(answered, history.sendings, strict=True)
    ]


class Finding(NamedTuple):
    """What a breach is called under load."""

    code: str
    observed: str
    expected: str

    @classmethod
    def of(cls, rule: str, breach: Breach) -> Self:
        """A finding names no value."""
        return cls(_CALLED.get(rule) or breach.code or rules()[rule].code, breach.observed, breach.expected)


def _north(asked: Prepared, sending: Sending, wrong: Mapping[str, Finding]) -> Checked:
    header = sending.header
    names = (f"message:{header.get('message_id')}", f"correlation:{header.get('correlation_id')}")
    sealed, built = (wrong.get(name) for name in names)
    if sealed is None and sending.content is None:
        sealed = Finding("BAD_MESSAGE", "本文を開けない", "照会した団体が開ける照会応答")
    if sealed is None and header.get("kind") != Kind.ANSWER:
        code = members(sending.content).get("code")
        sealed = Finding("NO_ANSWER", f"{header.get('kind')} {code}", Kind.ANSWER)
    found = sealed or _of_another(header, asked) or built
    items, expected = members(members(sending.content).get("items")), asked.expected["items"]
    if (
        found
        and found.code == "VALUE_CHANGED"
        and _is_of_somebody_else(_different(items, expected), expected)
    ):
        found = found._replace(code="WRONG_RECORD")
    about = asked.index, asked.name, asked.correlation_id
    return Checked(*about, Verdict.FAIL, *found) if found else Checked(*about, Verdict.PASS)


def _of_another(header: Said, asked: Prepared) -> Finding | None:
    """The network asked nobody else."""
    to = peek(asked.body)["header"]["to"]
    return (
        None
        if header.get("from") == to
        else Finding("HEADER_DIFFERS", "別の団体からの応答", "照会を受けた団体から")
    )


def check_status(south: SouthFace, name: str, sent: Sent) -> Checked:
    """Does the business system see that its 照会依頼 was answered? `name`: of its kind."""
    try:
        _answered(south, sent)
    except NonconformityError as error:
        return _failed(sent.index, name, sent.correlation_id, error)
    return Checked(sent.index, name, sent.correlation_id, Verdict.PASS)


def check_result(south: SouthFace, asked: Prepared, sent: Sent) -> Checked:
    """The result of a 照会依頼 as the business system fetches it."""
    try:
        _answered(south, sent)
        result = south.result(sent.enquiry_id).expect(200, "enquiry-result")
        for name in ("local_id", "from"):
            if result[name] != asked.expected[name]:
                raise NonconformityError("WRONG_RECORD", f"{name} が照会と違う", "照会した人と相手団体")
        _same_items(result, asked.expected["items"])
    except NonconformityError as error:
        return _failed(asked.index, asked.name, sent.correlation_id, error)
    return Checked(asked.index, asked.name, sent.correlation_id, Verdict.PASS)


def _answered(south: SouthFace, sent: Sent) -> None:
    """Raises NonconformityError."""
    status = south.enquiry(sent.enquiry_id).expect(200, "enquiry-status")
    if status["status"] != "応答済":
        raise NonconformityError("STATUS_NOT_REACHED", f"処理状況は{status['status']}", "応答済")


def _same_items(content: Said, expected: Said) -> None:
    """Which items (必要最小限), then their values. Values are personal data: a finding names the items only."""
    items = mapping(content["items"])
    if set(items) != set(expected):
        observed = (
            f"足りない: {_names(set(expected) - set(items))}、余分: {_names(set(items) - set(expected))}"
        )
        raise NonconformityError("ITEMS_DIFFER", observed, f"{_names(set(expected))}")
    different = _different(items, expected)
    if _is_of_somebody_else(different, expected):
        observed = f"{len(expected)} 項目のうち {_names(different)}が登録と違う"
        raise NonconformityError("WRONG_RECORD", observed, "照会された人の情報")
    if different:
        raise NonconformityError("VALUE_CHANGED", f"{_names(different)}が登録と違う", "登録した値のまま")


def _different(items: Said, expected: Said) -> set[str]:
    return {name for name, value in items.items() if not same(value, expected.get(name))}


def _is_of_somebody_else(different: set[str], expected: Said) -> bool:
    """Half of what tells somebody is another's."""
    return bool(different) and 2 * len(different) >= len(set(expected) - _ASKED)


def _names(names: set[str]) -> str:
    return "、".join(sorted(names)) or "なし"


def _failed(index: int, name: str, correlation_id: str, error: NonconformityError) -> Checked:
    what = error.finding.code, error.observed, error.expected
    return Checked(index, name, correlation_id, Verdict.FAIL, *what)
