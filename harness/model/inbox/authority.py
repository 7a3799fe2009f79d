"""Checks 11 to 14: may it be asked, is that side declared, was it asked for."""

from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

from harness.contract.law import Row, bases, table, versions
from harness.contract.law.lawfulness import readings
from harness.contract.messages import Kind
from harness.contract.organisations import Organisation
from harness.contract.roles import roles
from harness.model.inbox.steps import Arrival, Step, decided, fails, may_fail, must_pass
from harness.model.state.asked import Question
from harness.model.state.register import UNKNOWN

ROLE_NOT_ALLOWED: Final = "ROLE_NOT_ALLOWED"
BASIS_NOT_LAWFUL: Final = "BASIS_NOT_LAWFUL"
NOT_DECLARED: Final = "NOT_DECLARED"
NOT_FOUND: Final = "NOT_FOUND"
REQUESTING, PROVIDING, TELLING = "照会側", "応答側", "連絡"
_SIDES: Final = MappingProxyType(
    {
        Kind.ENQUIRY: (PROVIDING,),
        Kind.ANSWER: (REQUESTING,),
        Kind.NOTICE: (TELLING,),
        Kind.RECEIPT: (TELLING,),
        Kind.ERROR: (REQUESTING, TELLING),
    }
)
_SIDE_RULES: Final = MappingProxyType(
    {
        Kind.ENQUIRY: "inbox-undeclared-providing",
        Kind.ANSWER: "inbox-undeclared-requesting",
        Kind.NOTICE: "inbox-undeclared-telling",
        Kind.RECEIPT: "inbox-undeclared-telling",
        Kind.ERROR: "inbox-undeclared-either",
    }
)
_ASKS: Final = MappingProxyType(
    {
        Kind.ANSWER: (Kind.ENQUIRY,),
        Kind.RECEIPT: (Kind.NOTICE,),
        Kind.ERROR: (Kind.ENQUIRY, Kind.NOTICE),
    }
)
_UNASKED: Final = MappingProxyType(
    {
        "相手が違う": "inbox-unasked-partner",
        "情報が違う": "inbox-unasked-information",
        "対象者が違う": "inbox-unasked-subject",
    }
)
_ASKED_CODE: Final = "contract-2-asked-link-code"


@cache
def _cited_by() -> Mapping[str, frozenset[str]]:
    """Role → affairs, as published, and those that extensions add."""
    return MappingProxyType({role.code: role.affairs for role in roles().values()})


@cache
def _rows() -> Mapping[tuple[str, str], Mapping[tuple[str, str], tuple[Row, ...]]]:
    """(table, item) → (affair, information) → rows."""
    found: dict[tuple[str, str], dict[tuple[str, str], tuple[Row, ...]]] = {}
    for name in bases():
        for row in table(name):
            cited = found.setdefault((name, row.item), {})
            for information in row.information:
                asked = (row.affair, information)
                cited[asked] = (*cited.get(asked, ()), row)
    return MappingProxyType(found)


@cache
def _affairs(name: str) -> frozenset[str]:
    return frozenset(row.affair for row in table(name)) if name in bases() else frozenset()


def role(arrival: Arrival) -> Iterator[Step]:
    """Check 11."""
    code, affair = arrival.envelope.text("role"), arrival.envelope.text("affair")
    cited = _cited_by().get(code)
    if cited is None:
        yield fails("inbox-role", "知らない職責", ROLE_NOT_ALLOWED)
    elif affair not in cited:
        yield fails("inbox-role", "ほかの事務の職責", ROLE_NOT_ALLOWED)


def basis_rule(kind: str, flaw: str = "") -> str:
    """Which rule an unlawful basis breaks."""
    if kind == Kind.ANSWER:
        return "inbox-basis-answer"
    return _BASIS_RULES.get(flaw, "inbox-basis")


_BASIS_RULES: Final = MappingProxyType(
    {
        "知らない版": "inbox-basis-table",
        "宣言していない根拠": "inbox-basis-undeclared",
        "項が違う": "inbox-basis-item",
        "事務が違う": "inbox-basis-affair",
        "権限がない": "inbox-competence",
    }
)


def cited_table(arrival: Arrival) -> str:
    """`basis.table` of a header that meets the schema."""
    return str(_basis(arrival).get("table"))


def _basis(arrival: Arrival) -> Mapping[str, object]:
    said = arrival.envelope.header.get("basis")
    return said if isinstance(said, Mapping) else {}


def basis(arrival: Arrival) -> Iterator[Step]:
    """Check 12, of 照会依頼 and 照会応答. What a version means that the directory does not name, and of what kind an organisation is
    that does not stand in it, the contract does not say."""
    if arrival.kind not in {Kind.ENQUIRY, Kind.ANSWER}:
        return
    name = cited_table(arrival)
    if arrival.inbox.declared.organisation not in arrival.directory.organisations:
        settled = fails("contract-2-own-kind", "自団体が一覧にない", BASIS_NOT_LAWFUL)
        yield decided(settled, settles=arrival.inbox.settles)
        return
    flaws = [_flaw(arrival, name, by_kind=by_kind) for by_kind in readings(arrival.inbox.declared.contract)]
    if all(flaws):
        yield fails(basis_rule(arrival.kind, flaws[0]), flaws[0], BASIS_NOT_LAWFUL)
    elif any(flaws):
        yield may_fail(BASIS_NOT_LAWFUL)
    elif name in versions() and name not in arrival.directory.tables:
        settled = must_pass("contract-2-tables-declared", "一覧の示さない版", BASIS_NOT_LAWFUL)
        yield decided(settled, settles=arrival.inbox.settles)


def _unlawful(arrival: Arrival, name: str, *, by_kind: bool) -> str:
    """What is wrong with a basis, the outermost first; empty for nothing."""
    affair, information = arrival.envelope.text("affair"), arrival.envelope.text("information")
    if not _affairs(name):
        return "知らない版"
    if not arrival.inbox.declared.has("tables", name):
        return "宣言していない根拠"
    cited = _rows().get((name, str(_basis(arrival).get("item"))), {})
    if affair not in {asked for asked, _ in cited}:
        return "項が違う" if not cited or affair in _affairs(name) else "事務が違う"
    rows = cited.get((affair, information), ())
    if not rows:
        return "情報が違う"
    requester, provider = _parties(arrival)
    rows = tuple(row for row in rows if row.asks(requester, by_kind=by_kind))
    if not rows:
        return "照会者が違う"
    met = any(row.provides(provider, information, by_kind=by_kind) for row in rows)
    return "" if met else "提供者が違う"


def _flaw(arrival: Arrival, name: str, *, by_kind: bool) -> str:
    """As _unlawful; 照会依頼 whose parties are of kinds that would do, and not competent, are told apart."""
    flaw = _unlawful(arrival, name, by_kind=by_kind)
    of_party = flaw in {"照会者が違う", "提供者が違う"} and not by_kind and arrival.kind == Kind.ENQUIRY
    return "権限がない" if of_party and not _unlawful(arrival, name, by_kind=True) else flaw


def _parties(arrival: Arrival) -> tuple[Organisation, Organisation]:
    listed, code = arrival.directory.organisations, arrival.envelope.text("from")
    partner = Organisation(code, "", listed.get(code, arrival.directory.network).kind)
    own = arrival.inbox.declared.organisation
    ourselves = Organisation(own, "", listed[own].kind)
    return (partner, ourselves) if arrival.kind == Kind.ENQUIRY else (ourselves, partner)


def side_rule(kind: str) -> str:
    """Which side has to be declared."""
    return _SIDE_RULES[Kind(kind)]


def side(arrival: Arrival) -> Iterator[Step]:
    """Check 13."""
    if not any(arrival.inbox.declared.has("roles", side) for side in _SIDES[Kind(arrival.kind)]):
        yield fails(side_rule(arrival.kind), "宣言していない", NOT_DECLARED)


def unasked_rule(kind: str, flaw: str = "") -> str:
    """Which rule an answer breaks that nobody asked for."""
    if kind == Kind.RECEIPT:
        return "inbox-unasked-receipt"
    return _UNASKED.get(flaw, "inbox-unasked")


def asked(arrival: Arrival) -> Iterator[Step]:
    """Check 14. Whether what the network did not take counts as sent, nobody says."""
    wanted = _ASKS.get(Kind(arrival.kind))
    if wanted is None:
        return
    span, correlation_id = arrival.delivery.span, arrival.envelope.text("correlation_id")
    questions = arrival.inbox.asked.under(correlation_id, span.end)
    fitting = [question for question in questions if question.kind in wanted]
    flaws = [_mistaken(question, arrival) for question in fitting]
    if "" in flaws:
        question = fitting[flaws.index("")]
        late = question.span.begin > span.begin
        if late or not question.taken:
            yield may_fail(NOT_FOUND)
        elif _is_stirred(question, arrival):
            settled = arrival.inbox.settles and _has_one_owner(question, arrival)
            yield decided(must_pass(_ASKED_CODE, "送ったときのリンクコード", NOT_FOUND), settles=settled)
    elif any(_may_be_meant(question, arrival) for question in fitting):
        settled = arrival.inbox.settles and all(_has_one_owner(q, arrival) for q in fitting)
        yield decided(fails(_ASKED_CODE, "後のリンクコード", NOT_FOUND), settles=settled)
    else:
        flaw = flaws[0] if flaws else "別の種別への応答" if questions else "求めていない"
        yield fails(unasked_rule(arrival.kind, flaw), flaw, NOT_FOUND)


def overtakes(arrival: Arrival) -> bool:
    """Does a reply come before the network's answer to what was asked?"""
    span, correlation_id = arrival.delivery.span, arrival.envelope.text("correlation_id")
    questions = arrival.inbox.asked.under(correlation_id, span.end)
    return bool(questions) and all(question.span.end >= span.begin for question in questions)


def _mistaken(question: Question, arrival: Arrival) -> str:
    """What of an answer is not of this question; empty for nothing."""
    envelope = arrival.envelope
    if envelope.text("from") != question.partner:
        return "相手が違う"
    if question.kind == Kind.ENQUIRY and envelope.text("information") != question.information:
        return "情報が違う"
    return "" if envelope.text("link_code") == question.link_code else "対象者が違う"


def _may_be_meant(question: Question, arrival: Arrival) -> bool:
    """Another link code of the same resident, who was registered anew since."""
    if _mistaken(question, arrival) != "対象者が違う":
        return False
    subjects, during = arrival.inbox.subjects, question.span.until(arrival.delivery.span)
    owners = subjects.owner(question.link_code, during)
    now = subjects.owner(arrival.envelope.text("link_code"), during)
    return UNKNOWN in owners or UNKNOWN in now or any(owner is not None and owner in now for owner in owners)


def _has_one_owner(question: Question, arrival: Arrival) -> bool:
    """Was the link code that it was sent with always the same resident's, so that only another code of theirs came after it?"""
    ever = arrival.inbox.subjects.owners.get(question.link_code)
    owners = {owner for owner in ever or () if owner is not None}
    return len(owners) == 1 and UNKNOWN not in owners


def _is_stirred(question: Question, arrival: Arrival) -> bool:
    """Did the link code get another owner, or the owner another link code, since it was sent?"""
    subjects, during = arrival.inbox.subjects, question.span.until(arrival.delivery.span)
    owners = subjects.owner(question.link_code, during)
    codes = {code for owner in owners if isinstance(owner, str) for code in subjects.code(owner, during)}
    return len(owners) > 1 or len(codes) > 1
