"""前提 of the use cases: what a register holds about a person, by the item list (§3-4)."""

from pytest_bdd import given, parsers, when

from harness.contract.items import informations
from harness.steps.verbs.filling import typed_values, whole_record
from harness.steps.verbs.placing import keep
from harness.steps.verbs.scene import Scene

_RECORD = r"(?P<where>[^、]+)に、(?P<who>[^、]+)の(?P<information>\w+関係情報)が"


@given(parsers.re(_RECORD + "ある"))
def _held(scene: Scene, where: str, who: str, information: str) -> None:
    _hold(scene, where, who, information, {})


@given(parsers.re(_RECORD + "次のとおりある"))
def _held_as(scene: Scene, where: str, who: str, information: str, datatable: list[list[str]]) -> None:
    _hold(scene, where, who, information, typed_values(information, datatable))


@when(parsers.re(r"(?P<where>[^、]+)で、(?P<who>[^、]+)の(?P<information>\w+関係情報)が次のとおり改められる"))
def _changed(scene: Scene, where: str, who: str, information: str, datatable: list[list[str]]) -> None:
    """A later state of the same record: what the table does not name stays as it was."""
    ref = scene.person(who).ref
    before = scene.records.get((scene.organisation(where).code, ref, information), {})
    _hold(scene, where, who, information, before | typed_values(information, datatable))


def _hold(scene: Scene, where: str, who: str, information: str, said: dict[str, object]) -> None:
    person, holder = scene.person(who), scene.organisation(where)
    items = whole_record(scene, person, information, said)
    key = {name: items[name] for name in informations()[information].key}
    keep(scene, holder, person, information, items, **key)
