"""How every message of the gateway is signed, encrypted and put together (guide §3): each layer, each member, and what is new each
time."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey

from harness.contract.json_binding import CONTENT_JWS_TYPE, CONTENT_TYPE, LONGEST_MESSAGE, MESSAGE_TYPE
from harness.contract.messages import Kind
from harness.contract.organisations import network_organisation, organisations
from harness.contract.schemas import deviation_from
from harness.model.cases import Case
from harness.model.history.exchanges import Sending
from harness.model.history.history import History
from harness.model.likeness import members, moment, same
from harness.model.occasions import Occasion
from harness.model.opening import Sealed, Signed, opened_jwe, opened_jws, public_key
from harness.model.state.looks import errands_of
from harness.model.state.patience import CLOCKS

_ASKING: Final = frozenset({Kind.ENQUIRY, Kind.NOTICE})
_EVERY: Final = frozenset(Kind)
_MASK: Final = "⟦"  # of a bundle, in which no message is as it was sent
# What is wrong around a message is known by what the network said: media type, query, size.
_REQUEST: Final = f"{CONTENT_TYPE} の電文だけの要求"
_BOUND: Final = ("message_id", "correlation_id", "kind", "from", "to", "information")
_JWS: Final = ("形", "保護ヘッダーの項目", "alg", "kid", "typ", "署名の長さ", "署名", "payload")
_JWE: Final = ("形", "保護ヘッダーの項目", "alg", "enc", "kid", "epk", "暗号化鍵", "IV", "認証タグ", "復号")
_UNREADABLE: Final = frozenset({"形", "payload"})


@dataclass
class _Seen:
    """What was used before: ephemeral keys, and initialisation vectors under each; by whom."""

    ephemeral: dict[str, str] = field(default_factory=dict)
    vectors: dict[tuple[str, str], str] = field(default_factory=dict)


def envelopes(history: History) -> Iterator[Case]:
    """Each message once, however often its bytes were sent."""
    keys = members(history.declared.keys)
    signature = keys.get("signature")
    key = public_key(signature)
    if key is None:
        return
    kid, seen, known = members(signature).get("kid"), _Seen(), set[str]()
    triggers = _triggers(history)
    for sending in sorted(history.sendings, key=lambda s: s.span.begin):
        if sending.token not in known:
            known.add(sending.token)
            of = _Opened(history, sending, kid, key)
            if not sending.token.startswith(_MASK):
                yield from _message(of, seen, triggers)
            yield from of.cases("message-form", ("要求",), ["要求"] if sending.problem else [], _REQUEST)


@dataclass(frozen=True, slots=True)
class _Opened:
    """A message that is being taken apart. `kid`, `key`: of the declared signature key."""

    history: History
    sending: Sending
    kid: object
    key: EllipticCurvePublicKey

    @property
    def kind(self) -> str:
        kind = self.sending.header.get("kind")
        return str(kind) if kind in _EVERY else "不明"

    def cases(self, rule: str, parts: Iterable[str], faults: Iterable[str], expected: str) -> Iterator[Case]:
        """One for each part of a layer. Requests and replies are requirements of their own."""
        sending, wrong = self.sending, frozenset(faults)
        header = sending.header
        scenario = self.history.scenario_of(sending.person, header.get("correlation_id"))
        about = (f"message:{header.get('message_id')}",)
        occasion = Occasion(sending, scenario, sending.span.end, about)
        side = "request" if header.get("kind") in _ASKING else "reply"
        for part in parts if self.kind in _EVERY else wrong.intersection(parts):
            observed = f"{part} が取決めと違う"
            yield occasion.case(
                f"{rule}-of-{side}", f"{self.kind}:{part}", part not in wrong, observed, expected
            )


def _message(of: _Opened, seen: _Seen, triggers: Mapping[str, float]) -> Iterator[Case]:
    sending = of.sending
    outer = opened_jws(sending.token, of.kid, of.key, MESSAGE_TYPE)
    yield from of.cases(
        "outer-signature",
        _JWS,
        outer.faults,
        "自団体の鍵による署名（alg、kid、typ だけの保護ヘッダー、64バイト）",
    )
    if not outer.faults & _UNREADABLE:
        yield from _payload(of, outer, seen, triggers)


def _payload(of: _Opened, outer: Signed, seen: _Seen, triggers: Mapping[str, float]) -> Iterator[Case]:
    sending = of.sending
    place = deviation_from("message", dict(outer.payload))
    size = len(sending.token) <= LONGEST_MESSAGE
    wrong = {*(["様式"] if place else []), *([] if size else ["大きさ"])}
    yield from of.cases(
        "message-form",
        ("様式", "大きさ"),
        wrong,
        f"様式 message のとおり（{place or 'そのほかは何も加えない'}）",
    )
    header = members(outer.payload.get("header"))
    yield from _sent_at(of, moment(header.get("sent_at")), triggers)
    to, body = str(header.get("to")), outer.payload.get("body")
    if not isinstance(body, str) or to not in organisations() or to in _unopened(of.history):
        return
    recipient = of.history.keys.of(to).encryption
    if recipient.private_key is None:
        return
    sealed = opened_jwe(body, recipient.kid, recipient.private_key)
    yield from of.cases("encryption", _JWE, sealed.faults, "宛先の鍵への ECDH-ES と A256GCM")
    yield from _new(of, sealed, to, seen)
    if sealed.inner is not None:
        inner = opened_jws(sealed.inner, of.kid, of.key, CONTENT_JWS_TYPE)
        yield from _inner(of, inner, header)


def _unopened(history: History) -> frozenset[str]:
    """Whose keys are not the bench's."""
    return frozenset({history.declared.organisation, network_organisation().code})


def _inner(of: _Opened, inner: Signed, header: Mapping[str, object]) -> Iterator[Case]:
    yield from of.cases(
        "inner-signature",
        _JWS,
        inner.faults,
        "送信元団体の署名（alg、kid、typ だけの保護ヘッダー、64バイト）",
    )
    if inner.faults & _UNREADABLE:
        return
    differ = [name for name in _BOUND if not same(inner.payload.get(name), header.get(name))]
    yield from of.cases("bound-fields", _BOUND, differ, "内側の六つの項目がヘッダーと同じ")
    place = deviation_from("content", dict(inner.payload), of.history.declared.contract)
    yield from of.cases(
        "content-form", ("様式",), ["様式"] if place else [], f"様式 content のとおり（{place}）"
    )


def _new(of: _Opened, sealed: Sealed, to: str, seen: _Seen) -> Iterator[Case]:
    """`seen` learns what this one used."""
    if not sealed.epk:
        return
    id_ = of.sending.token
    used = {"epk"} if seen.ephemeral.setdefault(sealed.epk, id_) != id_ else set()
    if used and seen.vectors.get((f"{to}:{sealed.epk}", sealed.iv)):
        used.add("IV")
    seen.vectors[f"{to}:{sealed.epk}", sealed.iv] = id_
    yield from of.cases(
        "new-each-time", ("epk", "IV"), used, "epk は電文ごとに新しく、IV は一つの鍵で一度だけ"
    )


def _sent_at(of: _Opened, sent: float | None, triggers: Mapping[str, float]) -> Iterator[Case]:
    """When it was put together, by the gateway's clock: after what it is for, and before it was handed over."""
    if sent is None:
        return
    begun = triggers.get(str(of.sending.header.get("correlation_id")), float("-inf"))
    wrong = not begun - CLOCKS <= sent <= of.sending.span.end + CLOCKS
    yield from of.cases("sent-at", ("sent_at",), ["sent_at"] if wrong else [], "送った時刻（誤差5秒まで）")


def _triggers(history: History) -> dict[str, float]:
    """When that began for which a message is: by correlation id."""
    found: dict[str, float] = {}
    for errand in errands_of(history):
        found[errand.correlation_id] = min(errand.span.begin, found.get(errand.correlation_id, float("inf")))
    for delivery in history.deliveries:
        id_ = str(delivery.header.get("correlation_id"))
        if delivery.header.get("kind") in _ASKING and delivery.span.begin < found.get(id_, float("inf")):
            found[id_] = delivery.span.begin
    return found
