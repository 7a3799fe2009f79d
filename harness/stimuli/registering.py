"""Who is registered, and which link code is whose (guide §2 Subjects and records, §5): near ids, tokens again, odd link codes."""

from collections.abc import Iterator
from typing import Any, Final

from harness.contract.items import informations
from harness.gateways.south import Request
from harness.stimuli.citations import Citation
from harness.stimuli.holdings import deletion, record
from harness.stimuli.sessions import look
from harness.stimuli.south_requests import told
from harness.stimuli.stage import Resident, Stage
from harness.stimuli.values import TEXTS
from harness.stimuli.waiting import switching

_ODD_CODES: Final = (
    "proxy-404",
    "proxy-503",
    "proxy-200",
    "foreign-error",
    "server-error",
    "broken",
    "redirect",
    "code:",
    "code:short",
    "code:x y",
    "SUBJECT_UNKNOWN",
    "UNDELIVERED",
)
_SLOW_ONES: Final = 12  # of the 16 that a gateway takes at once (guide §2): one after the other 8.4 seconds, where 5 are allowed
_INFORMATION: Final = "住民票関係情報"


def registering(stage: Stage) -> None:
    """Registrations at once, each then asked about; then whatever may come again, or comes oddly."""
    citation = next(c for c in stage.citations(asks=False) if c.information == _INFORMATION)
    residents = stage.registered(20)
    _hold(stage, residents)
    _ask(stage, residents, citation)
    _names(stage, residents[:4])
    _again(stage, residents[4:8], citation)
    _near_ids(stage, citation)
    _odd_codes(stage, citation)
    _slow_codes(stage)
    _near_codes(stage, residents[8:12], citation)
    _namesakes(stage, residents[12:14], citation)
    _unregistered(stage, residents[14], citation)


def _hold(stage: Stage, residents: list[Resident]) -> None:
    """A record of each, all at once."""
    rows = [record(stage, resident, informations()[_INFORMATION]) for resident in residents]
    stage.at_once([Request("PUT", "/v1/records", "business", row) for row in rows])


def _ask(stage: Stage, residents: list[Resident], citation: Citation) -> None:
    for resident in residents:
        stage.enquired(resident, citation)
        stage.read[resident.ref] += 1
    stage.settled({resident.ref: stage.read[resident.ref] for resident in residents})


def _names(stage: Stage, residents: list[Resident]) -> None:
    """The same person with difficult names and addresses: nothing else changes."""
    for resident, text in zip(residents * 4, TEXTS, strict=False):
        stage.ask(stage.registration(resident, name=text[:100], address=f"静岡市葵区{text}"))


def _again(stage: Stage, residents: list[Resident], citation: Citation) -> None:
    """Token A, B, A again under one local id; another's token; then who answers to which link code."""
    first, second, third, fourth = residents
    spare = stage.residents(2)
    for resident, token_of in (
        (first, spare[0]),
        (first, first),
        (first, spare[0]),
        (second, third),
        (second, second),
    ):
        token = token_of.enrolled["enrolment_tokens"][stage.own.code]
        stage.ask(stage.registration(resident, enrolment_token=token))
        _ask(stage, [first, second, third, fourth, spare[0]], citation)
    stage.at_once([stage.registration(fourth)] * 3)


def _near_ids(stage: Stage, citation: Citation) -> None:
    """Local ids that begin alike, or differ by case or zeros alone, are different ones."""
    draw = f"{stage.draw.randrange(10**6):06d}"
    ids = (f"A{draw}", f"a{draw}", f"A{draw}0", f"A{draw}-1", f"0A{draw}", f"A{draw}-10")
    made = stage.residents(len(ids))
    for local_id, resident in zip(ids, made, strict=True):
        request = stage.registration(resident)
        stage.ask(Request("PUT", f"/v1/subjects/{local_id}", "business", request.body))
        row = record(stage, resident, informations()[_INFORMATION], local_id=local_id)
        stage.ask(Request("PUT", "/v1/records", "business", row))
    _ask(stage, made, citation)
    for local_id in ids:
        said = stage.ask(Request("POST", "/v1/portal-sessions", "business", {"local_id": local_id})).body
        session = told(said, "session") or "none"
        for other in ids:
            stage.ask(look(session, {"local_id": other, "information": _INFORMATION, "key": {}}))
    for wrong in ("", "a" * 21, "あ", "a_b", "a b"):
        body: Any = stage.registration(made[0]).body
        stage.ask(Request("PUT", f"/v1/subjects/{wrong or '%20'}", "business", body))


def _slow_codes(stage: Stage) -> None:
    """Who waits for the network keeps nobody else waiting: one after the other they would be late."""
    residents = stage.residents(_SLOW_ONES)
    for resident in residents:
        stage.control.disturb(resident.ref, codes=["slow-503"])
    stage.at_once([stage.registration(resident) for resident in residents])


def _odd_codes(stage: Stage, citation: Citation) -> None:
    """Whatever the link-code service answers: nobody is registered by it, and what was registered stays."""
    for name in _ODD_CODES:
        new, known = stage.residents(1)[0], stage.registered(1)[0]
        spare = stage.residents(1)[0]
        _hold(stage, [known])
        for resident in (new, spare):
            stage.control.disturb(resident.ref, codes=[name])
        stage.ask(stage.registration(new))
        token = spare.enrolled["enrolment_tokens"][stage.own.code]
        stage.ask(stage.registration(known, enrolment_token=token, name="別\u3000人"))
        row = record(stage, new, informations()[_INFORMATION])
        stage.ask(Request("PUT", "/v1/records", "business", row))
        _ask(stage, [known, new, spare], citation)
        stage.ask(stage.registration(new))


def _near_codes(stage: Stage, residents: list[Resident], citation: Citation) -> None:
    """Link codes that differ by case alone, or in one character, are nobody's."""
    for resident in residents:
        code = resident.enrolled["link_codes"][stage.own.code]
        for near in (
            code.swapcase(),
            code.lower(),
            code[:-1] + ("A" if code[-1] != "A" else "B"),
            code[::-1],
        ):
            recipe = {"message": {"link_code": near}}
            stage.enquired(resident, citation, recipe=recipe)


def _namesakes(stage: Stage, residents: list[Resident], citation: Citation) -> None:
    """Another with the same name, kana, birth date, sex and address, who has no record."""
    for resident in residents:
        twin = stage.residents(1)[0]
        body = stage.registration(resident).body
        same = {n: body[n] for n in ("name", "kana", "birth_date", "sex", "address", "my_number")}
        stage.ask(stage.registration(twin, **same))
        _ask(stage, [twin, resident], citation)


def _unregistered(stage: Stage, resident: Resident, citation: Citation) -> None:
    """About nobody, and about whom a zero tells from somebody: every request that names a local id."""
    stranger = stage.residents(1)[0]
    for local_id in (stranger.local_id, f"0{resident.local_id}", f"{resident.local_id}0"):
        for request in _about(stage, stranger, local_id, citation):
            stage.ask(request)
    _ask(stage, [stranger], citation)


def _about(stage: Stage, stranger: Resident, local_id: str, citation: Citation) -> Iterator[Request]:
    row = record(stage, stranger, informations()[_INFORMATION], local_id=local_id)
    yield Request("PUT", "/v1/records", "business", row)
    yield deletion(row)
    yield Request("POST", "/v1/portal-sessions", "business", {"local_id": local_id})
    reason, staff = stage.words("reason"), stage.staff(citation.role)
    yield switching("subject", local_id, "手動", reason, staff)
