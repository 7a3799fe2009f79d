"""Handling of subject, affair and information in all eight combinations, for enquiries of both modes, about known and unknown
people (guide §2 Handling and pending)."""

from collections.abc import Callable
from itertools import product
from typing import Final

from harness.contract.items import informations
from harness.gateways.south import Request
from harness.stimuli.citations import Citation
from harness.stimuli.holdings import record
from harness.stimuli.stage import Resident, Stage
from harness.stimuli.waiting import approval, pending, refusal, switching, until_listed

_MODES: Final = ("オンライン", "バッチ")
_SOON: Final = 3.0  # seconds; a gateway that lists nothing is not waited for longer
_LIFE: Final = 40.0  # seconds: longer than the act


def switched(stage: Stage, _: Callable[[], None]) -> None:
    """What waits stays when everything is automatic again, and is then decided."""
    citation = _alone(stage)
    residents, strangers = stage.registered(17), stage.residents(8)
    same = residents[-1]  # asked about just before each switch and just after
    stage.at_once(
        [
            Request(
                "PUT",
                "/v1/records",
                "business",
                record(stage, r, informations()[citation.information], key={}),
            )
            for r in residents
        ]
    )
    ids: list[str] = []
    combinations = list(product(("自動", "手動"), repeat=3))
    stage.draw.shuffle(combinations)
    for number, modes in enumerate(combinations):
        known = [same, *residents[2 * number : 2 * number + 2]]
        _switch(stage, citation, known, dict(zip(("subject", "affair", "information"), modes, strict=True)))
        mode = _MODES[number % 2]
        for resident, way in zip([*known, strangers[number]], [mode, *_MODES, mode], strict=True):
            said = stage.enquired(resident, citation, mode=way, expires_in_seconds=_LIFE)
            ids.append(str(said["correlation_id"]))
        stage.settled({strangers[number].ref: 1})
        if "手動" in modes:  # that they wait is certain as soon as they are listed
            until_listed(stage, ids[-4:-1], stage.staff(citation.owner), _SOON)
    _switch(stage, citation, residents, dict.fromkeys(("subject", "affair", "information"), "自動"))
    staff = stage.staff(citation.owner)
    stage.ask(pending(staff))
    for number, id_ in enumerate(ids):
        stage.ask(approval(id_, staff) if number % 3 else refusal(id_, staff, "本人の安全のため"))
    stage.ask(pending(staff))


def _alone(stage: Stage) -> Citation:
    """With an information that has no key, so that nothing else decides."""
    return next(c for c in stage.citations(asks=False) if not informations()[c.information].key)


def _switch(stage: Stage, citation: Citation, residents: list[Resident], modes: dict[str, str]) -> None:
    """Each scope, in any order: the last word on each is what counts."""
    keys = [("subject", r.local_id) for r in residents]
    keys += [("affair", citation.affair), ("information", citation.information)]
    stage.draw.shuffle(keys)
    for scope, key in keys:
        staff = stage.staff(citation.role)
        stage.ask(switching(scope, key, modes[scope], stage.words("reason"), staff))
