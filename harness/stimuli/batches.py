"""バッチ with rows of every outcome, disturbed and refused ones among them, sent again until nothing is left (guide §2 バッチ)."""

from dataclasses import dataclass
from typing import Final

from harness.contract.roles import role_fits, roles
from harness.gateways.south import Request
from harness.stimuli.citations import Citation
from harness.stimuli.partners import NOBODY, partner_holds
from harness.stimuli.south_requests import Body, enquiry, told
from harness.stimuli.stage import Resident, Stage

# How a row goes: what the network answers first, and how the partner behaves.
_ROWS: Final = (
    ((), "answers"),
    ((), "refuses"),
    (("UNDELIVERED", "UNDELIVERED"), "answers"),
    (("SUBJECT_UNKNOWN",), "answers"),
    (("UNDELIVERED", "SUBJECT_UNKNOWN"), "answers"),
    (("SUBJECT_UNKNOWN", "SUBJECT_UNKNOWN"), "answers"),
    ((), "silent"),
    ((), "silent-for-long"),
    ((), "silent-once"),
    (("lost",), "answers"),
    ((), "answers"),
)
# Rows that are all done with soon: whoever stops at a refusal of the network leaves some behind, long before they are over.
_BRISK: Final = (
    ((), "answers"),
    (("SUBJECT_UNKNOWN",), "answers"),
    ((), "answers"),
    (("UNDELIVERED", "SUBJECT_UNKNOWN"), "refuses"),
    (("REPLAYED",), "answers"),
    (("MALFORMED",), "answers"),
    ((), "refuses"),
)
# The first has failed while the last still waits behind the one between: what is resent then has its place.
_HELD: Final = ((("SUBJECT_UNKNOWN",), "answers"), (("UNDELIVERED",) * 6, "answers"), ((), "answers"))
_SOON: Final = 3.0  # seconds within which a row is refused that the network refuses at once
_NO_ITEM: Final = "999"
_LONG: Final = 60  # seconds
_LIFE: Final = 3  # seconds: those whose partner is silent expire within the table


@dataclass(frozen=True)
class _Begun:
    id: str
    role: str


def batches(stage: Stage) -> None:
    """Two with every kind of row in any order, refused ones among them, each sent again twice; then the smallest ones."""
    known = sorted({c.role for c in stage.citations(asks=True)})
    begun: list[_Begun] = []
    for role in stage.draw.sample(known, min(2, len(known))):
        fitting = [c for c in stage.citations(asks=True) if role_fits(role, c.affair)]
        rows = [
            _row(stage, resident, stage.draw.choice(fitting), *how)
            for how, resident in zip(_ROWS * 2, stage.registered(len(_ROWS) * 2), strict=True)
        ]
        stage.draw.shuffle(rows)
        faulty = list(_faulty(stage, role, fitting))
        for place, row in enumerate(faulty):
            rows.insert(place * 3, row)
        brisk, held = _long_lived(stage, fitting, _BRISK), _long_lived(stage, fitting, _HELD)
        begun += _resent_meanwhile(stage, role, held)
        for body in ({"rows": brisk}, {"rows": rows}, {"rows": faulty[:1]}, {"rows": rows[-1:]}):
            said = stage.ask(Request("POST", "/v1/batches", "business", body, stage.staff(role)))
            id_ = told(said.body, "batch_id")
            begun += [_Begun(id_, role)] if id_ else []
        for batch in begun[-3:-2]:  # while its rows are on their way
            look = Request("GET", f"/v1/batches/{batch.id}", "business")
            stage.ask_all([look, _resend(stage, batch.id, role), look])
    stage.ask(Request("POST", "/v1/batches", "business", {"rows": []}, stage.staff(known[0])))
    _follow(stage, begun)


def _long_lived(
    stage: Stage, fitting: list[Citation], how: tuple[tuple[tuple[str, ...], str], ...]
) -> list[Body]:
    residents = stage.registered(len(how))
    rows = [_row(stage, r, stage.draw.choice(fitting), *one) for one, r in zip(how, residents, strict=True)]
    return [{**row, "expires_in_seconds": _LONG} for row in rows]


def _resent_meanwhile(stage: Stage, role: str, rows: list[Body]) -> list[_Begun]:
    """As soon as the first row has failed."""
    id_ = told(
        stage.ask(Request("POST", "/v1/batches", "business", {"rows": rows}, stage.staff(role))).body,
        "batch_id",
    )
    if not id_:
        return []
    look = Request("GET", f"/v1/batches/{id_}", "business")
    stage.until(lambda: _states(stage.ask(look).body)[:1] == ["エラー"], _SOON)
    stage.ask_all([_resend(stage, id_, role), look])
    return [_Begun(id_, role)]


def _states(body: object) -> list[object]:
    return [row.get("status") for row in _told_rows(body)]


def _follow(stage: Stage, begun: list[_Begun]) -> None:
    """Looked at while they run and when they are over; sent again by somebody else, once of the same role."""
    for again in range(3):
        for seconds in (0.2, 1.0, 4.0, 0.1):
            stage.pause(seconds)
            looked = stage.at_once([Request("GET", f"/v1/batches/{batch.id}", "business") for batch in begun])
            stage.at_once([request for reply in looked for request in _results(reply.body)])
        for batch in begun if again < 2 else ():
            other = next((code for code in roles() if code != batch.role), batch.role)
            stage.ask(_resend(stage, batch.id, batch.role if again == 0 else other))


def _resend(stage: Stage, id_: str, role: str) -> Request:
    return Request("POST", f"/v1/batches/{id_}/resend", "business", {}, stage.staff(role, 1))


def _row(
    stage: Stage, resident: Resident, citation: Citation, answers: tuple[str, ...], behaviour: str
) -> Body:
    key = {"相当年度": "2012"}
    partner_holds(stage, resident, citation, key)
    silent = behaviour.removesuffix("-for-long")
    stage.control.set_behaviour(citation.provider.code, resident.ref, citation.information, silent)
    if answers:
        stage.control.disturb(resident.ref, answers=list(answers))
    life = _LIFE if silent == behaviour else _LONG  # one that waits on is not sent again with the failed ones
    return enquiry(citation, resident.local_id, key=key, expires_in_seconds=life)


def _faulty(stage: Stage, role: str, fitting: list[Citation]) -> list[Body]:
    """Each refused for another reason: the role, the partner, the basis, the subject."""
    resident, stranger = stage.registered(1)[0], stage.residents(1)[0]
    citation = stage.draw.choice(fitting)
    row = enquiry(citation, resident.local_id, expires_in_seconds=_LIFE)
    unfit = next((c for c in stage.citations(asks=True) if not role_fits(role, c.affair)), None)
    rows = [
        {**row, "to": NOBODY},
        {**row, "basis": {**row["basis"], "item": _NO_ITEM}},
        {**row, "local_id": stranger.local_id},
        {**row, "affair": row["affair"][:-1]},
    ]
    return rows if unfit is None else [*rows, enquiry(unfit, resident.local_id)]


def _told_rows(body: object) -> list[Body]:
    """Those that an answer shows."""
    rows = body.get("rows") if isinstance(body, dict) else None
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _results(body: object) -> list[Request]:
    ids = [row.get("enquiry_id") for row in _told_rows(body)]
    return [Request("GET", f"/v1/enquiries/{id_}/result", "business") for id_ in ids if isinstance(id_, str)]
