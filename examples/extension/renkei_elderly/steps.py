"""A sentence of our own: what it does is made of what the suite has, and what differs ends in a NonconformityError."""

from pytest_bdd import parsers, then

from harness.catalogue.findings import NonconformityError
from harness.steps.verbs.scene import Scene

INFORMATION, ITEM = "見守り関係情報", "見守りの要否"


@then(parsers.parse('見守りの要否は "{wanted}" である'))
def _needs(scene: Scene, wanted: str) -> None:
    received = scene.received[(scene.person("申請者").ref, INFORMATION)]
    if received.get(ITEM) != wanted:
        raise NonconformityError("WRONG_RECORD", f"{ITEM} は {received.get(ITEM)!r}", f"{ITEM} は {wanted!r}")
