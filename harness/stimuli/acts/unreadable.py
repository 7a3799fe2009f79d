"""A directory that was had, and then cannot be had again: what is answered in its place does not make the one invalid that a gateway
has (guide §4)."""

from collections.abc import Callable
from typing import Final

from harness.gateways.south import Request
from harness.stimuli.citations import Citation
from harness.stimuli.partners import ANEW_SECONDS, NOBODY, partner_holds
from harness.stimuli.south_requests import enquiry, notice
from harness.stimuli.stage import Resident, Stage

_INSTEAD: Final = ("json-200", "proxy-200", "server-error", "broken")  # not of schema `directory`, and none


def unreadable(stage: Stage, _: Callable[[], None]) -> None:
    """Everything goes its way meanwhile, both ways; afterwards, too."""
    provides, asks = stage.citations(asks=False), stage.citations(asks=True)
    resident = stage.registered(1)[0]
    if asks:
        partner_holds(stage, resident, asks[0], {})
    for number, answer in enumerate(stage.draw.sample(_INSTEAD, len(_INSTEAD))):
        stage.control.tell_directory(answer=answer)
        stage.pause(0.0 if number else ANEW_SECONDS)
        _as_usual(stage, resident, provides, asks)
    stage.control.tell_directory()
    _as_usual(stage, resident, provides, asks)


def _as_usual(
    stage: Stage, resident: Resident, provides: tuple[Citation, ...], asks: tuple[Citation, ...]
) -> None:
    if asks:
        staff = stage.staff(asks[0].role)
        row = enquiry(asks[0], resident.local_id)
        for path, body in (
            ("enquiries", {**row, "mode": "オンライン", "to": NOBODY}),
            ("enquiries", {**row, "mode": "オンライン"}),
            ("batches", {"rows": [row]}),
            ("notices", notice(asks[0], resident.local_id)),
        ):
            stage.ask(Request("POST", f"/v1/{path}", "business", body, staff))
    if provides:
        stage.enquired(resident, provides[0], key={})
        stage.notified(resident, provides[0])
