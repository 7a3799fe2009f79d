"""Each kind of message with one member of one layer wrong, missing or too many, and with two faults at once (guide §3, what you
check on receipt). A wrong value is the nearest other one that is valid elsewhere."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from harness.contract.items import informations
from harness.contract.messages import new_id, timestamp
from harness.contract.organisations import network_organisation, organisations
from harness.contract.roles import role_fits, roles
from harness.contract.schemas import document
from harness.gateways.south import Request
from harness.stimuli.citations import Citation
from harness.stimuli.holdings import record
from harness.stimuli.south_requests import Body, enquiry, notice
from harness.stimuli.stage import Resident, Stage

Recipe = Mapping[str, Any]
_HEADER: Final = tuple(document("header")["properties"])
_CONTENTS: Final[tuple[Mapping[str, object], ...]] = (
    {},
    {"key": {}, "extra": 1},
    {"key": {"年度": 2012}},
    {"key": []},
    {"items": {}},
    {"key": {}, "items": {}},
)
_PUT, _DROP = "put", "drop"
_NO_KEY: Final = "Zk3o0qVbJmX5y8sT1uHcRwLd7gNf2pAe9iKtQvYxBhE"  # looks as an id, and nobody has it


@dataclass(frozen=True)
class _About:
    """Whom and what the messages are about; `other`: another resident, by the same partner."""

    resident: Resident
    other: Resident
    citation: Citation
    partner: str


def messages(stage: Stage) -> None:
    """照会依頼 and 連絡 from a partner; answers, errors and receipts to what the gateway asked."""
    provides = stage.draw.choice(
        [c for c in stage.citations(asks=False) if c.requester.kind == stage.own.kind]
    )
    asks = stage.draw.choice([c for c in stage.citations(asks=True) if c.provider.kind == stage.own.kind])
    residents = stage.registered(2)
    rows = [record(stage, r, informations()[provides.information]) for r in residents]
    stage.at_once([Request("PUT", "/v1/records", "business", row) for row in rows])
    about = _About(residents[0], residents[1], provides, provides.requester.code)
    for recipe in _recipes(stage, about):
        stage.enquired(about.resident, provides, recipe=recipe, key=rows[0]["key"])
    _notices(stage, about)
    _answers(stage, _About(residents[0], residents[1], asks, asks.provider.code))


def _recipes(stage: Stage, about: _About) -> Iterator[Recipe]:
    """Nothing wrong; one thing wrong; two things wrong, of which the first of the list decides."""
    yield {}
    singles = list(_singles(stage, about))
    yield from singles
    for _ in range(len(singles)):
        first, second = stage.draw.sample(singles, 2)
        yield _both(first, second)
    yield {}


def _singles(stage: Stage, about: _About) -> Iterator[Recipe]:
    yield from _signatures()
    yield from _protected()
    yield from _members()
    yield from _bound(stage, about)
    yield from _meant(stage, about)


def _signatures() -> Iterator[Recipe]:
    """Who signed, and for whom it is encrypted."""
    for signer in ("stranger", "sender"):
        yield {"signer": signer}
    for signer in ("stranger-as-sender", "network", "former", "next", "expired", "revoked"):
        yield {"content_signer": signer}
    yield {"encrypted_to": "131016"}
    yield {"token": [{"op": "drop-signature"}]}
    yield {"token": [{"op": "alg-none"}]}
    for value in ("=", ".", "\n", "A"):
        yield {"token": [{"op": "append", "value": value}]}


def _protected() -> Iterator[Recipe]:
    """Members of the three protected headers."""
    key = {"kty": "EC", "crv": "P-256", "x": "A" * 43, "y": "A" * 43}
    for layer in ("outer-protected", "inner-protected"):
        for name, value in (
            ("typ", "JWT"),
            ("typ", "renkei-link-code+jws"),
            ("alg", "ES384"),
            ("alg", "HS256"),
            ("alg", "none"),
            ("kid", _NO_KEY),
            ("crit", ["b64"]),
            ("b64", False),
            ("jwk", key),
            ("jku", "https://example.org/keys"),
            ("x5c", ["AAAA"]),
        ):
            yield _changed(layer, [name], value)
        for name in ("alg", "kid", "typ"):
            yield _dropped(layer, [name])
        yield {"changes": [{"layer": layer, "op": "raw", "value": "[]"}]}
    for name, value in (
        ("alg", "ECDH-ES+A256KW"),
        ("enc", "A128GCM"),
        ("kid", _NO_KEY),
        ("zip", "DEF"),
        ("crit", ["zip"]),
    ):
        yield _changed("jwe", [name], value)
    for name in ("alg", "enc", "kid", "epk"):
        yield _dropped("jwe", [name])


def _members() -> Iterator[Recipe]:
    """Each member of the payloads missing, of another type, or one too many, at each level."""
    for name in _HEADER:
        yield _dropped("outer", ["header", name])
        yield _changed("outer", ["header", name], 1)
        yield _changed("outer", ["header", name], "")
    for name in ("table", "item"):
        yield _dropped("outer", ["header", "basis", name])
    for path in (["extra"], ["header", "extra"], ["header", "basis", "extra"]):
        yield _changed("outer", path, "x")
    yield _dropped("outer", ["body"])
    yield _changed("outer", ["header", "version"], "2")
    for name in ("kind", "mode"):
        yield _changed("outer", ["header", name], "照会")
    yield _changed("outer", ["header", "message_id"], new_id().upper())
    for raw in ("[]", "null", "{", '"text"'):
        yield {"changes": [{"layer": "outer", "op": "raw", "value": raw}]}
        yield {"changes": [{"layer": "inner", "op": "raw", "value": raw}]}
    yield _changed("inner", ["extra"], "x")
    yield _dropped("inner", ["content"])
    for content in _CONTENTS:
        yield _changed("inner", ["content"], content)


def _bound(stage: Stage, about: _About) -> Iterator[Recipe]:
    """Each of the six bound fields, in the header alone and in the content alone, to the nearest other value."""
    others = {
        "message_id": new_id(),
        "correlation_id": new_id(),
        "kind": "連絡",
        "from": _elsewhere(about, stage),
        "to": _elsewhere(about, stage),
        "information": _another(about.citation.information),
    }
    for name, value in others.items():
        yield _changed("outer", ["header", name], value)
        yield _changed("inner", [name], value)
        yield _dropped("inner", [name])


def _meant(stage: Stage, about: _About) -> Iterator[Recipe]:
    """Messages that are whole in themselves, and wrong in one respect."""
    citation = about.citation
    unfit = next(code for code in roles() if not role_fits(code, citation.affair))
    for role in (unfit, f"{citation.role[:-1]}", citation.role.upper(), f"{citation.role} "):
        yield _message(role=role)
    for item in (
        f"{citation.item}の2",
        citation.item.partition("の")[0],
        f"0{citation.item}",
        f"{citation.item} ",
        "1",
        "999",
    ):
        if item != citation.item:
            yield _message(basis={"table": citation.table, "item": item})
    for table in ("2015-09-09", "2012-02-14", "1999-01-01", "条例"):
        if table != citation.table:
            yield _message(basis={"table": table, "item": citation.item})
    yield _message(affair=f"{citation.affair}及び関連する事務")
    yield _message(affair=citation.affair[:-1])
    yield _message(information=_another(citation.information))
    yield _message(to=_elsewhere(about, stage))
    for sender in ("999999", network_organisation().code):
        yield _changed("outer", ["header", "from"], sender)
    yield _message(link_code="A" * 24)
    yield _message(link_code=about.other.enrolled["link_codes"][about.partner])
    for minutes, zone in ((-10, "Z"), (-10, "+09:00"), (10, "-09:00"), (10, "Z")):
        yield _message(expires_at=_moment(minutes, zone))
    for minutes in (-10, 10, -100_000):
        yield _message(sent_at=_moment(minutes, "Z"))


def _notices(stage: Stage, about: _About) -> None:
    """The same of a 連絡; again under one correlation id, by another sender too."""
    base = {**_asking(about), "items": {"届出の種類": "転入"}}
    for recipe in _recipes(stage, about):
        stage.control.notify({**base, "recipe": recipe})
    for _ in range(2):
        correlation_id = new_id()
        for sender in (about.partner, about.partner, _elsewhere(about, stage)):
            for items in ({"届出の種類": "転入"}, {"届出の種類": "転出"}):
                stage.control.notify({**base, "as": sender, "correlation_id": correlation_id, "items": items})


def _answers(stage: Stage, about: _About) -> None:
    """What the gateway asked, answered wrongly first and rightly in the end."""
    staff = stage.staff(about.citation.role)
    silent = {"organisation": about.partner, "person": about.resident.ref}
    information = about.citation.information
    stage.control.set_behaviour(**silent, information=information, behaviour="silent")
    for kind, content in (("照会応答", {"items": {"年税額": 1}}), ("エラー", _ERROR), ("受領", {})):
        path, body = (
            ("/v1/notices", notice(about.citation, about.resident.local_id))
            if kind == "受領"
            else (
                "/v1/enquiries",
                enquiry(about.citation, about.resident.local_id, mode="オンライン"),
            )
        )
        said = stage.ask(Request("POST", path, "business", body, staff))
        id_ = said.body.get("correlation_id") if isinstance(said.body, dict) else None
        reply = {**_asking(about), "kind": kind, "correlation_id": str(id_), "items": {}}
        recipes = [*_recipes(stage, about)][1:-1]
        stage.draw.shuffle(recipes)
        for recipe in [*recipes[:120], *_wrong_replies(stage, about), {}, {}]:
            whole = {**recipe, "message": {"content": content, **recipe.get("message", {})}}
            stage.control.notify({**reply, "recipe": whole})
        own = said.body.get("enquiry_id") if isinstance(said.body, dict) else None
        if own:
            stage.ask(Request("GET", f"/v1/enquiries/{own}", "business"))
            stage.ask(Request("GET", f"/v1/enquiries/{own}/result", "business"))


def _wrong_replies(stage: Stage, about: _About) -> Iterator[Recipe]:
    """From another partner, about another resident, for another information, of another enquiry."""
    yield _message(**{"from": _elsewhere(about, stage)})
    yield _message(link_code=about.other.enrolled["link_codes"][stage.own.code])
    yield _message(information=_another(about.citation.information))
    yield _message(correlation_id=new_id())


def _asking(about: _About) -> Body:
    citation = about.citation
    return {
        "as": about.partner,
        "person": about.resident.ref,
        "basis": dict(citation.basis),
        "affair": citation.affair,
        "information": citation.information,
        "role": citation.role,
    }


_ERROR: Final = {"code": "RECORD_NOT_FOUND", "phase": "連携情報保管", "reason": "該当する情報がない"}


def _changed(layer: str, path: list[str], value: object) -> Recipe:
    return {"changes": [{"layer": layer, "path": path, "op": _PUT, "value": value}]}


def _dropped(layer: str, path: list[str]) -> Recipe:
    return {"changes": [{"layer": layer, "path": path, "op": _DROP}]}


def _message(**members: object) -> Recipe:
    return {"message": members}


def _both(first: Recipe, second: Recipe) -> Recipe:
    """Two faults in one message."""
    together = {**first, **second}
    together["changes"] = [*first.get("changes", ()), *second.get("changes", ())]
    together["message"] = {**first.get("message", {}), **second.get("message", {})}
    together["token"] = [*first.get("token", ()), *second.get("token", ())]
    return together


def _elsewhere(about: _About, stage: Stage) -> str:
    """Another organisation of the partner's kind, where there is one."""
    taken = {about.partner, stage.own.code, network_organisation().code}
    others = [o for o in organisations().values() if o.code not in taken]
    return min(others, key=lambda o: o.kind != organisations()[about.partner].kind).code


def _another(information: str) -> str:
    return next(name for name in informations() if name != information)


def _moment(minutes: int, zone: str) -> str:
    """So many minutes from now, as a clock of that zone shows it."""
    hours = {"Z": 0, "+09:00": 9, "-09:00": -9}[zone]
    return timestamp(timedelta(minutes=minutes, hours=hours)).replace("Z", zone)
