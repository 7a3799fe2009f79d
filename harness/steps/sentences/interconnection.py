"""Two gateways against each other: what one asks and tells the other."""

from functools import partial

from pytest_bdd import given, parsers, then, when

from harness.steps.verbs.crossing import (
    ask_in_batches,
    ask_online,
    decided,
    held_by_provider,
    on_both_records,
    registered,
    results_are_as_held,
    settled,
    switched_to_hand,
    values_of,
)
from harness.steps.verbs.crossing_notices import acknowledged, handed_over, tell
from harness.steps.verbs.interconnection import CROSSING, Crossing, desk, going
from harness.steps.verbs.scene import Scene
from harness.stimuli.crossings import crossings, tellings


def _begin(scene: Scene, asker: str, provider: str) -> Crossing:
    one, other = desk(scene, asker), desk(scene, provider)
    found = crossings(one.stage.south.statement, other.stage.south.statement)
    scene.noted[CROSSING] = crossing = Crossing(one, other, found)
    return crossing


@given(
    parsers.parse(
        "{asker}が{provider}に照会できるすべての情報について、対象者が両方に、連携情報が応答側に登録されている"
    )
)
def _held(scene: Scene, asker: str, provider: str) -> None:
    crossing = _begin(scene, asker, provider)
    going(scene, partial(registered, crossing))
    going(scene, partial(held_by_provider, crossing))


@given(
    parsers.parse(
        "{asker}が{provider}に照会できるすべての情報について、対象者が両方に登録され、連携情報はどこにもない"
    )
)
def _not_held(scene: Scene, asker: str, provider: str) -> None:
    going(scene, partial(registered, _begin(scene, asker, provider)))


@given(
    parsers.parse("{asker}が{provider}に照会できるすべての情報について、対象者が照会側だけに登録されている")
)
def _unknown(scene: Scene, asker: str, provider: str) -> None:
    going(scene, partial(registered, _begin(scene, asker, provider), at_both=False))


@given("応答側は、その対象者への応答を手動とした")
def _by_hand(scene: Scene) -> None:
    going(scene, partial(switched_to_hand, scene.noted[CROSSING]))


@when("照会側が、照会できるすべての事務と情報を、オンラインで照会する")
def _ask_online(scene: Scene) -> None:
    going(scene, partial(ask_online, scene.noted[CROSSING]))


@when("照会側が、照会できるすべての事務と情報を、バッチで照会する")
def _ask_in_batches(scene: Scene) -> None:
    going(scene, partial(ask_in_batches, scene.noted[CROSSING]))


@when("応答側の職員が、待っている照会を一つおきに承認し、拒否する")
def _decide(scene: Scene) -> None:
    going(scene, partial(decided, scene.noted[CROSSING]))


@then("すべての照会が応答済となり、項目は応答側に登録されたとおりである")
def _answered(scene: Scene) -> None:
    going(scene, partial(settled, scene.noted[CROSSING]))
    going(scene, partial(results_are_as_held, scene.noted[CROSSING]))


@then("承認した照会は応答済となり、拒否した照会には職員の拒否が届く")
def _as_decided(scene: Scene) -> None:
    _answered(scene)


@then(parsers.parse("すべての照会に「{code}」が届く"))
def _failed(scene: Scene, code: str) -> None:
    crossing: Crossing = scene.noted[CROSSING]
    crossing.due = dict.fromkeys(crossing.due, code)
    going(scene, partial(settled, crossing))


@then("それぞれの応答が、両方のアクセス記録とネットワークの提供の記録に一度ずつある")
def _on_record(scene: Scene) -> None:
    going(scene, partial(on_both_records, scene.noted[CROSSING]))


@given(parsers.parse("{teller}が{told}に連絡できるすべての情報について、対象者が両方に登録されている"))
def _may_tell(scene: Scene, teller: str, told: str) -> None:
    one, other = desk(scene, teller), desk(scene, told)
    found = tellings(one.stage.south.statement, other.stage.south.statement)
    scene.noted[CROSSING] = crossing = Crossing(one, other, found)
    going(scene, partial(registered, crossing))
    values_of(crossing)


@when("送る側が、連絡できるすべての事務と情報を連絡する")
def _tell(scene: Scene) -> None:
    going(scene, partial(tell, scene.noted[CROSSING]))


@then("すべての連絡が受領済となり、受ける側の業務システムに、送ったとおりに一度だけ渡される")
def _told(scene: Scene) -> None:
    going(scene, partial(acknowledged, scene.noted[CROSSING]))
    going(scene, partial(handed_over, scene.noted[CROSSING]))
