"""Checks one answer of a load run as the suite checks it: signature, parties, correlation, resident, items and values."""

from dataclasses import dataclass

from harness.catalogue.findings import NonconformityError
from harness.catalogue.verdicts import Verdict
from harness.contract.journal_carried import Collected
from harness.contract.journal_entries import Said
from harness.contract.json_binding import decrypt, peek, unwrap
from harness.contract.keys.ring import PUBLISHED, KeyRing
from harness.contract.messages import Header, Kind, parse_timestamp
from harness.contract.refusals import RefusedError
from harness.contract.statement import Statement
from harness.gateways.south import SouthFace
from harness.record.fields import mapping
from load.prepare.prepared import Prepared
from load.send.sent import Sent

_ASKED = {"相当年度"}  # what every answer to such an enquiry has alike tells nobody from anybody
_COPIED = ("basis", "affair", "information", "role", "correlation_id")  # guide §3


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
    statement: Statement, asked: Prepared, exchange: Collected, keys: KeyRing = PUBLISHED
) -> Checked:
    """The gateway's answer as the network took it, opened with the key of the counterpart that asked."""
    try:
        header = Header.from_wire(peek(asked.body)["header"])
        content = _opened(statement, header, exchange["token"], keys)
        _same_items(content, asked.expected["items"])
    except NonconformityError as error:
        return _failed(asked.index, asked.name, asked.correlation_id, error)
    return Checked(asked.index, asked.name, asked.correlation_id, Verdict.PASS)


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


def _opened(statement: Statement, asked: Header, token: str, keys: KeyRing) -> Said:
    """The content of a proper answer to an enquiry. Raises NonconformityError."""
    try:
        header, body = unwrap(token, statement.keys.signature)
        _same_header(header, asked)
        content = decrypt(header, body, keys.of(asked.sender).encryption, statement.keys.signature)
    except RefusedError as refused:
        raise NonconformityError(
            "BAD_MESSAGE", f"{refused.refusal.code} {refused.reason}", "照会した団体が開ける照会応答"
        ) from refused
    if header.kind != Kind.ANSWER:
        raise NonconformityError("NO_ANSWER", f"{header.kind} {content.get('code')}", Kind.ANSWER)
    return content


def _same_header(header: Header, asked: Header) -> None:
    if (header.sender, header.recipient) != (asked.recipient, asked.sender):
        observed, expected = (
            f"{header.sender} から {header.recipient}",
            f"{asked.recipient} から {asked.sender}",
        )
        raise NonconformityError("HEADER_DIFFERS", observed, expected)
    if header.link_code != asked.link_code:
        raise NonconformityError("WRONG_RECORD", "別の人のリンクコード", "照会された人のリンクコード")
    different = [name for name in _COPIED if getattr(header, name) != getattr(asked, name)]
    if parse_timestamp(header.expires_at) != parse_timestamp(asked.expires_at):
        different.append("expires_at")
    if different:
        raise NonconformityError("HEADER_DIFFERS", f"{'、'.join(different)}が違う", "照会依頼から写す")


def _same_items(content: Said, expected: Said) -> None:
    """Which items (必要最小限), then their values. Values are personal data: a finding names the items only."""
    items = mapping(content["items"])
    if set(items) != set(expected):
        observed = (
            f"足りない: {_names(set(expected) - set(items))}、余分: {_names(set(items) - set(expected))}"
        )
        raise NonconformityError("ITEMS_DIFFER", observed, f"{_names(set(expected))}")
    different = {n for n, v in items.items() if (type(v), v) != (type(expected[n]), expected[n])}
    if different and 2 * len(different) >= len(set(expected) - _ASKED):
        observed = f"{len(expected)} 項目のうち {_names(different)}が登録と違う"
        raise NonconformityError("WRONG_RECORD", observed, "照会された人の情報")
    if different:
        raise NonconformityError("VALUE_CHANGED", f"{_names(different)}が登録と違う", "登録した値のまま")


def _names(names: set[str]) -> str:
    return "、".join(sorted(names)) or "なし"


def _failed(index: int, name: str, correlation_id: str, error: NonconformityError) -> Checked:
    what = error.finding.code, error.observed, error.expected
    return Checked(index, name, correlation_id, Verdict.FAIL, *what)
