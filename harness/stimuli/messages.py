"""Each kind of message with one member of one layer wrong, missing or too many, with two faults at once, and again (guide §3, what you
check on receipt)."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from harness.contract.items import informations
from harness.contract.messages import Kind, new_id
from harness.contract.versions import FIRST
from harness.gateways.south import Request
from harness.stimuli.citations import Citation
from harness.stimuli.faults import About, Recipe, both, elsewhere, meaning, singles, sizes, thin, unreadable
from harness.stimuli.holdings import record
from harness.stimuli.south_requests import Body, enquiry, notice
from harness.stimuli.stage import Resident, Stage

_PAIRS: Final = 40  # of two faults at once, of each kind
_TIMES: Final = 8
_MORE_PAIRS: Final = 300  # the same where the whole is asked for: all of them are 18,000
_CONTENTS: Final[Mapping[str, Body]] = {
    Kind.ANSWER: {"items": {"年税額": 1}},
    Kind.NOTICE: {"items": {"届出の種類": "転入"}},
}
_WITH_REASONS: Final = {
    "items": {"年税額": -0, "所得額": None, "備考\u3000": "", "名": "\u845b\U000e0100 "},
    "reasons": {"所得額": "未申告"},
}
_REPLIES: Final = (
    (Kind.ANSWER, "/v1/enquiries"),
    (Kind.ERROR, "/v1/enquiries"),
    (Kind.RECEIPT, "/v1/notices"),
    (Kind.ERROR, "/v1/notices"),
)


@dataclass(frozen=True)
class _Way:
    """How messages of one kind reach the gateway: by which instruction, with which members."""

    about: About
    instruct: Callable[[Body], Mapping[str, Any]]
    base: Body

    def send(self, recipe: Recipe, **members: object) -> str:
        """The id of the message that was sent."""
        return str(self.instruct({**self.base, **members, "recipe": dict(recipe)})["message_id"])


def messages(stage: Stage) -> None:
    """照会依頼 and 連絡 from a partner; answers, errors and receipts to what the gateway asked."""
    # Lawful by contract 1 too, which leaves open what kinds and competence do not agree in: one thing is wrong, and nothing open.
    provides = stage.draw.choice(
        [c for c in stage.citations(asks=False, contract=FIRST) if c.requester.kind == stage.own.kind]
    )
    asks = [c for c in stage.citations(asks=True, contract=FIRST) if c.provider.kind == stage.own.kind]
    residents = stage.registered(2)
    rows = [record(stage, r, informations()[provides.information]) for r in residents]
    stage.at_once([Request("PUT", "/v1/records", "business", row) for row in rows])
    for kind in (Kind.ENQUIRY, Kind.NOTICE):
        about = About(kind, residents[0], residents[1], provides, provides.requester.code)
        _all(stage, _opening(stage, about, rows[0]["key"]))
    _notices(stage, About(Kind.NOTICE, residents[0], residents[1], provides, provides.requester.code))
    for citation in {c.table: c for c in stage.citations(asks=False)}.values():
        stage.enquired(residents[0], citation)
    pairs = [(c, sibling) for c in asks if (sibling := _sibling(c, asks))]
    for kind, path in _REPLIES if pairs else ():
        _answers(stage, kind, path, stage.draw.choice(pairs), residents)


def unreadable_messages(stage: Stage) -> None:
    """Of no kind, each several times."""
    resident = stage.registered(1)[0]
    for provides in stage.citations(asks=False)[:1]:
        about = About(Kind.ENQUIRY, resident, resident, provides, provides.requester.code)
        for recipe in (*unreadable(),) * _TIMES:
            _opening(stage, about, {}).send(recipe)


def _sibling(citation: Citation, known: list[Citation]) -> str:
    """Another information that the same row lets the same partner be asked for; empty where there is none."""
    same = [c for c in known if replace(c, information=citation.information) == citation]
    return next((c.information for c in same if c != citation), "")


def _opening(stage: Stage, about: About, key: Mapping[str, str]) -> _Way:
    if about.kind == Kind.ENQUIRY:
        return _Way(about, stage.control.enquire, {**about.said(), "key": key})
    return _Way(about, stage.control.notify, {**about.said(), **_CONTENTS[Kind.NOTICE]})


def _all(stage: Stage, way: _Way) -> None:
    """One thing wrong; two things wrong, of which the first of the list decides; again; and nothing wrong."""
    for recipe in _recipes(stage, way.about):
        way.send(recipe)
    _repeats(stage, way)
    for recipe in (*sizes(way.about.kind), *thin(), {}):
        way.send(recipe)


def _recipes(stage: Stage, about: About) -> list[Recipe]:
    alone = list(singles(stage, about))
    count = _MORE_PAIRS if stage.whole else _PAIRS
    pairs = [both(*stage.draw.sample(alone, 2)) for _ in range(count)]
    together = [*alone, *pairs]
    stage.draw.shuffle(together)
    return together


def _repeats(stage: Stage, way: _Way) -> None:
    """The same bytes again, other bytes under an id that was accepted, an id that was refused only, and two at once."""
    first = way.send({})
    stage.control.enquire({**way.about.said(), "replay_of": first})
    _under(way, first)
    refused = new_id()
    _under(way, refused, to=elsewhere(way.about, stage))
    _under(way, refused)
    way.instruct({**way.base, "alteration": "twice-at-once"})


def _under(way: _Way, id_: str, **members: object) -> None:
    """An enquiry is its own correlation."""
    opens = {"correlation_id": id_} if way.about.kind == Kind.ENQUIRY else {}
    way.send(meaning(message_id=id_, **opens, **members))


def _notices(stage: Stage, about: About) -> None:
    """Again under one correlation id, by another sender too."""
    way = _opening(stage, about, {})
    for _ in range(2):
        correlation_id = new_id()
        for sender in (about.partner, about.partner, elsewhere(about, stage)):
            for items in ({"届出の種類": "転入"}, {"届出の種類": "転出"}):
                way.send({}, **{"as": sender}, correlation_id=correlation_id, items=items)


def _answers(
    stage: Stage, kind: Kind, path: str, asks: tuple[Citation, str], residents: list[Resident]
) -> None:
    """What the gateway asked, answered wrongly first and rightly in the end; then otherwise, which changes nothing. `asks`: the citation,
    and an information that may be asked for as well."""
    citation, sibling = asks
    about = About(kind, residents[0], residents[1], citation, citation.provider.code)
    asked, other = _asked(stage, about, path), _asked(stage, about, _other(path))
    base = {**about.said(), "kind": kind, "items": {}, **_CONTENTS.get(kind, {})}
    way = _Way(about, stage.control.notify, {**base, "correlation_id": asked.get("correlation_id")})
    for members, recipe in _wrong_replies(stage, about, sibling, str(other.get("correlation_id"))):
        way.send(recipe, **members)
    if kind == Kind.ANSWER:
        way.send(meaning(content=_WITH_REASONS))
    _all(stage, way)
    for late in (Kind.ANSWER, Kind.ERROR) if path == "/v1/enquiries" else (Kind.RECEIPT, Kind.ERROR):
        way.send({}, kind=late)
    for name in ("enquiry_id", "notice_id"):
        if isinstance(asked.get(name), str):
            stage.ask(Request("GET", f"{path}/{asked[name]}", "business"))
    if isinstance(asked.get("enquiry_id"), str):
        stage.ask(Request("GET", f"/v1/enquiries/{asked['enquiry_id']}/result", "business"))


def _other(path: str) -> str:
    return "/v1/notices" if path == "/v1/enquiries" else "/v1/enquiries"


def _asked(stage: Stage, about: About, path: str) -> Body:
    """What the gateway said to the request that makes it ask a partner who stays silent."""
    citation, staff = about.citation, stage.staff(about.citation.role)
    stage.control.set_behaviour(about.partner, about.resident.ref, citation.information, "silent")
    body = enquiry(citation, about.resident.local_id, mode="オンライン")
    if path == "/v1/notices":
        body = notice(citation, about.resident.local_id)
    said = stage.ask(Request("POST", path, "business", body, staff)).body
    return said if isinstance(said, dict) else {}


def _wrong_replies(stage: Stage, about: About, information: str, other: str) -> Iterator[tuple[Body, Recipe]]:
    """From another partner, about another resident, for another information, of another enquiry or of none; and to what was asked in
    another kind of message, which an エラー may answer as well."""
    yield {"as": elsewhere(about, stage)}, {}
    yield {}, meaning(link_code=about.other.enrolled["link_codes"][stage.own.code])
    yield {}, meaning(information=information)
    yield {"correlation_id": new_id()}, {}
    yield {"correlation_id": other}, {}
    yield {"correlation_id": other, "as": elsewhere(about, stage)}, {}
