"""認証・認可 on the requesting side: what staff may not ask is refused and never leaves."""

from pytest_bdd import parsers, then

from harness.residents.data_items import TAX
from harness.steps.verbs.fences import must_be_all_that_left
from harness.steps.verbs.refusing import must_refuse
from harness.steps.verbs.requesting_side import enquire
from harness.steps.verbs.scene import Scene


@then(parsers.parse("照会は「{reason}」として拒否される"))
def _refused(scene: Scene, reason: str) -> None:
    must_refuse(scene.enquiries[-1].reply, reason)


@then(
    "児童扶養手当担当の職員による地方税関係情報の照会は応答済となり、拒否された照会はネットワークに送られていない"
)
def _paired_positive(scene: Scene) -> None:
    refused = scene.enquiries[-1]
    to = scene.organisation("前住所地")
    proper = enquire(scene, scene.staff("児童扶養手当担当"), refused.person, TAX, to)
    must_be_all_that_left(scene, refused, proper)
