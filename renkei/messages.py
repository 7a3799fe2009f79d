"""Strategies of messages of the north face, in the clear and sealed."""

from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from harness.contract.items import Information, informations
from harness.contract.json_binding import seal
from harness.contract.keys import bench_keys
from harness.contract.law import Basis, versions
from harness.contract.law.regimes import newest
from harness.contract.messages import Header, Kind, Message, Mode, timestamp
from harness.contract.organisations import organisations
from harness.contract.refusals import refusals
from harness.contract.versions import FIRST
from harness.stimuli.citations import Citation, citations
from renkei.strategies import contents, keys

_SECONDS: Final = 300  # until a message expires
_FORMS: Final = {Kind.NOTICE: "連絡", Kind.RECEIPT: "連絡"}
_ENQUIRY: Final = "照会"
# What is said to whoever asks by a row: its counterpart provides.
_TO_REQUESTER: Final = frozenset({Kind.ANSWER, Kind.ERROR, Kind.NOTICE})
_OPENING: Final = frozenset({Kind.ENQUIRY, Kind.NOTICE})
_LINK_CODES: Final = st.text(
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_-", min_size=16, max_size=64
)


def messages(
    recipient: str = "221007", kind: str | None = None, tables: tuple[str, ...] = ()
) -> SearchStrategy[Message]:
    """Messages to an organisation, of one kind or of any, that expire in five minutes: lawful by these tables (the newest version that is
    carried whole, where none are named), and of the published form. Raises ValueError where nobody may say such a thing to it."""
    tables = tables or (newest(versions()),)
    kinds = [Kind(kind)] if kind else list(Kind)
    said = [(of, citation) for of in kinds for citation in _citations(recipient, of, tables)]
    if not said:
        raise ValueError(f"{recipient} に{'・'.join(kinds)}を送れる根拠が {'、'.join(tables)} にない。")
    return st.sampled_from(said).flatmap(lambda pair: _message(recipient, *pair))


def sealed(message: Message) -> str:
    """As its sender hands it to the network, with the published test keys of both parties."""
    header = message.header
    return seal(message, bench_keys(header.sender), bench_keys(header.recipient).public())


def _citations(recipient: str, kind: Kind, tables: tuple[str, ...]) -> list[Citation]:
    own, form = organisations()[recipient], _FORMS.get(kind, _ENQUIRY)
    lawful = citations(tables, own, FIRST, asks=kind in _TO_REQUESTER)
    return [citation for citation in lawful if form in informations()[citation.information].forms]


def _message(recipient: str, kind: Kind, citation: Citation) -> SearchStrategy[Message]:
    partner = citation.provider if kind in _TO_REQUESTER else citation.requester
    information = informations()[citation.information]
    ids = st.uuids(version=4).map(str)
    header = st.builds(
        Header,
        message_id=ids,
        correlation_id=ids,
        kind=st.just(kind.value),
        sender=st.just(partner.code),
        recipient=st.just(recipient),
        basis=st.just(Basis(citation.table, citation.item)),
        affair=st.just(citation.affair),
        information=st.just(citation.information),
        role=st.just(citation.role),
        mode=st.sampled_from([mode.value for mode in Mode]),
        link_code=_LINK_CODES,
        sent_at=st.builds(timestamp),
        expires_at=st.builds(timestamp, st.just(timedelta(seconds=_SECONDS))),
    )
    begun = header.map(lambda h: replace(h, correlation_id=h.message_id)) if kind in _OPENING else header
    return st.builds(Message, begun, _content(kind, information, citation.affair))


def _content(kind: Kind, information: Information, affair: str) -> SearchStrategy[dict[str, Any]]:
    match kind:
        case Kind.ENQUIRY:
            return st.fixed_dictionaries({"key": keys(information)})
        case Kind.RECEIPT:
            return st.just({})
        case Kind.ERROR:
            return st.sampled_from([_error(code) for code in refusals()])
    needed = information.used_by(affair)
    return contents(replace(information, items=tuple(i for i in information.items if i.name in needed)))


def _error(code: str) -> dict[str, str]:
    refusal = refusals()[code]
    return {"code": code, "phase": refusal.phase, "reason": refusal.ja}
