"""One thing wrong with a message, in each member of each layer (guide §3, what you check on receipt). A wrong value is the nearest
other one that is valid elsewhere."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from harness.contract.items import informations
from harness.contract.json_binding import CONTENT_JWS_TYPE, LINK_CODE_TYPE, MESSAGE_TYPE
from harness.contract.keys import bench_keys, public_jwk
from harness.contract.law import versions
from harness.contract.messages import Kind, new_id, timestamp
from harness.contract.organisations import network_organisation, organisations
from harness.contract.roles import role_fits, roles
from harness.contract.schemas import document
from harness.stimuli.citations import Citation
from harness.stimuli.contents import contents
from harness.stimuli.partners import NOBODY
from harness.stimuli.stage import Resident, Stage
from harness.stimuli.unlawful_headers import incompetent, unlawful

Recipe = Mapping[str, Any]
_NO_KEY: Final = "Zk3o0qVbJmX5y8sT1uHcRwLd7gNf2pAe9iKtQvYxBhE"  # looks as an id, and nobody has it
_HEADER: Final = tuple(document("header")["properties"])
_PUT, _DROP = "put", "drop"
_LONGEST: Final = 4_000_000  # bytes of a message
_NO_PAYLOADS: Final = ("[]", "null", "{", '"text"')
_STRANGER: Final = "intruder"  # an organisation of the test keys that nobody knows


@dataclass(frozen=True)
class About:
    """Whom and what messages of a `kind` are about; `other`: another resident, known to the same partner."""

    kind: str
    resident: Resident
    other: Resident
    citation: Citation
    partner: str

    def said(self) -> dict[str, object]:
        """How the network is told that the partner says something."""
        return self.citation.said_by(self.partner, self.resident.ref)


def singles(stage: Stage, about: About) -> Iterator[Recipe]:
    """One thing wrong, or unusual and right."""
    yield from _signatures(elsewhere(about, stage))
    yield from _protected()
    yield from _body()
    yield from _members()
    yield from _contents(about.kind, settles=stage.settles)
    yield from _bound(stage, about)
    yield from _meant(stage, about)
    asking = about.kind in (Kind.ENQUIRY, Kind.NOTICE)
    for members in unlawful(stage, organisations()[about.partner], asking=asking):
        yield meaning(**members)
    for code, members in incompetent(stage) if about.kind == Kind.ENQUIRY else ():
        link_code = about.resident.enrolled["link_codes"][code]
        yield {**meaning(**members, **{"from": code}, link_code=link_code), "content_signer": code}


def both(first: Recipe, second: Recipe) -> Recipe:
    """Two faults in one message."""
    together = {**first, **second}
    for name in ("changes", "token", "signed", "body"):
        together[name] = [*first.get(name, ()), *second.get(name, ())]
    together["message"] = {**first.get("message", {}), **second.get("message", {})}
    return together


def meaning(**members: object) -> Recipe:
    """A message that is proper in itself, with other members of the header, or another `content`."""
    return {"message": members}


def elsewhere(about: About, stage: Stage) -> str:
    """Another organisation of the partner's kind, where there is one."""
    taken = {about.partner, stage.own.code, network_organisation().code}
    others = [o for o in organisations().values() if o.code not in taken]
    return min(others, key=lambda o: o.kind != organisations()[about.partner].kind).code


def moment(minutes: int, zone: str) -> str:
    """So many minutes from now, as a clock of that zone shows it."""
    hours = {"Z": 0, "+09:00": 9, "-09:00": -9}[zone]
    return timestamp(timedelta(minutes=minutes, hours=hours)).replace("Z", zone)


def of_nobodys_key(layer: str) -> Recipe:
    """Signed under the id of a key that nobody has; `layer`: "outer" or "inner"."""
    return _changed(f"{layer}-protected", ["kid"], _NO_KEY)


def unreadable() -> Iterator[Recipe]:
    """Messages that do not say of which kind they are."""
    for raw in _NO_PAYLOADS:
        yield _raw("outer", raw)
    yield _dropped("outer", ["header"])
    for value in ("照会", "", 1):
        yield _changed("outer", ["header", "kind"], value)


def sizes(kind: str) -> Iterator[Recipe]:
    """A little too long; and as long as a message may be, filled up with blanks: of one kind, as each takes its time."""
    yield {"size": _LONGEST + 3}
    if kind == Kind.ENQUIRY:
        yield {"size": _LONGEST}


def thin() -> Iterator[Recipe]:
    """Proper messages whose numbers have a leading zero: one in 256 has, in each of these places."""
    for place in ("outer-r", "outer-s", "inner-r", "inner-s", "z", "epk-x", "epk-y"):
        yield {"thin": place}


def _signatures(other: str) -> Iterator[Recipe]:
    """Who signed, and for whom it is encrypted. `other`: an organisation that is in the directory, and not the sender."""
    jwk = public_jwk(bench_keys(_STRANGER).signature.dict_value)
    for signer in ("stranger", "sender"):
        yield {"signer": signer}
    yield {"signer": "stranger", **_changed("outer-protected", ["jwk"], jwk)}
    for signer in ("stranger-as-sender", "network", other, "former", "next", "expired", "revoked"):
        yield {"content_signer": signer}
    yield {"content_signer": "stranger-as-sender", **_changed("inner-protected", ["jwk"], jwk)}
    yield {"encrypted_to": "131016"}
    for operation in ("drop-signature", "alg-none", "der"):
        yield {"token": [{"op": operation}]}
        yield {"signed": [{"op": operation}]}
    yield {"signed": [{"op": "text", "value": "{}"}]}
    for value in ("==", "=", ".", "\n", "A"):
        yield {"token": [{"op": "append", "value": value}]}
    yield {"token": [{"op": "loosen"}]}
    yield {"signed": [{"op": "loosen"}]}
    for state in ("expired", "revoked"):  # the wrong one of two faults of the content
        yield {"content_signer": state, "signed": [{"op": "der"}]}
        yield {"content_signer": state, **_changed("inner", ["message_id"], new_id())}


def _body() -> Iterator[Recipe]:
    """Bytes of the encrypted body."""
    for operation in (
        "shorter-iv",
        "longer-iv",
        "shorter-tag",
        "other-tag",
        "other-iv",
        "other-ciphertext",
        "loosen-tag",
    ):
        yield {"body": [{"op": operation}]}


def _protected() -> Iterator[Recipe]:
    """Members of the three protected headers."""
    key = {"kty": "EC", "crv": "P-256", "x": "A" * 43, "y": "A" * 43}
    for layer, other in (("outer-protected", CONTENT_JWS_TYPE), ("inner-protected", MESSAGE_TYPE)):
        for name, value in (
            ("typ", "JWT"),
            ("typ", LINK_CODE_TYPE),
            ("typ", other),
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
        yield _raw(layer, "[]")
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
    yield _changed("jwe", ["epk", "use"], "enc")


def _members() -> Iterator[Recipe]:
    """Each member of the payloads missing, of another type, or one too many, at each level."""
    yield from unreadable()
    for name in _HEADER:
        yield _dropped("outer", ["header", name])
    for name in (name for name in _HEADER if name != "kind"):
        yield _changed("outer", ["header", name], 1)
        yield _changed("outer", ["header", name], "")
    for name in ("table", "item"):
        yield _dropped("outer", ["header", "basis", name])
    for name in ("sent_at", "expires_at"):
        yield _changed("outer", ["header", name], "2099-13-01T00:00:00Z")
    for path in (["extra"], ["header", "extra"], ["header", "basis", "extra"]):
        yield _changed("outer", path, "x")
    yield _dropped("outer", ["body"])
    yield _changed("outer", ["header"], 1)
    yield _changed("outer", ["header", "version"], "2")
    yield _changed("outer", ["header", "mode"], "照会")
    yield _changed("outer", ["header", "message_id"], new_id().upper())
    for raw in _NO_PAYLOADS:
        yield _raw("inner", raw)
    yield _changed("inner", ["extra"], "x")
    yield _dropped("inner", ["content"])
    yield _changed("inner", ["content"], 1)


def _contents(kind: str, *, settles: bool) -> Iterator[Recipe]:
    if settles and kind in (Kind.ANSWER, Kind.NOTICE):  # an integer, as JSON Schema sees it
        path = ["content", "items", "所得額"]
        yield {"changes": [{"layer": "inner", "path": path, "op": "number", "value": "812000.0"}]}
    for content in contents(kind):
        yield _changed("inner", ["content"], content)


def _bound(stage: Stage, about: About) -> Iterator[Recipe]:
    """Each of the six bound fields, in the header alone and in the content alone, to the nearest other value."""
    others = {
        "message_id": new_id(),
        "correlation_id": new_id(),
        "kind": "連絡" if about.kind != "連絡" else "照会応答",
        "from": elsewhere(about, stage),
        "to": elsewhere(about, stage),
        "information": _another(about.citation.information),
    }
    for name, value in others.items():
        yield _changed("outer", ["header", name], value)
        yield _changed("inner", [name], value)
        yield _dropped("inner", [name])


def _meant(stage: Stage, about: About) -> Iterator[Recipe]:
    """Messages that are whole in themselves, and wrong in one respect."""
    citation = about.citation
    unfit = next(code for code in roles() if not role_fits(code, citation.affair))
    for role in (unfit, citation.role[:-1], citation.role.upper(), f"{citation.role} "):
        yield meaning(role=role)
    for item in (
        f"{citation.item}の2",
        citation.item.partition("の")[0],
        f"0{citation.item}",
        f"{citation.item} ",
        "1",
        "999",
    ):
        if item != citation.item:
            yield meaning(basis={"table": citation.table, "item": item})
    for name in (*versions(), "1999-01-01", "条例"):
        if name != citation.table:
            yield meaning(basis={"table": name, "item": citation.item})
    yield meaning(affair=f"{citation.affair}及び関連する事務")
    yield meaning(affair=citation.affair[:-1])
    yield meaning(information=_another(citation.information))
    yield meaning(to=elsewhere(about, stage))
    for sender in (NOBODY, network_organisation().code):
        yield _changed("outer", ["header", "from"], sender)
    yield meaning(link_code="A" * 24)
    yield meaning(link_code=about.other.enrolled["link_codes"][about.partner])
    for minutes, zone in ((-10, "Z"), (-10, "+09:00"), (10, "-09:00"), (10, "Z")):
        yield meaning(expires_at=moment(minutes, zone))
    for minutes in (-10, 10, -100_000):
        yield meaning(sent_at=moment(minutes, "Z"))


def _changed(layer: str, path: list[str], value: object) -> Recipe:
    return {"changes": [{"layer": layer, "path": path, "op": _PUT, "value": value}]}


def _raw(layer: str, text: str) -> Recipe:
    return {"changes": [{"layer": layer, "op": "raw", "value": text}]}


def _dropped(layer: str, path: list[str]) -> Recipe:
    return {"changes": [{"layer": layer, "path": path, "op": _DROP}]}


def _another(information: str) -> str:
    return next(name for name in informations() if name != information)
