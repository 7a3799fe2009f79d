"""認証・認可 on the requesting side: what staff may not ask is refused and never leaves."""

from pytest_bdd import parsers, then

from harness.catalogue.findings import NonconformityError
from harness.residents.data_items import TAX
from harness.steps.verbs.enquiring import complete, enquire, sent_by_gateway
from harness.steps.verbs.refusing import as_paired_positive, must_refuse
from harness.steps.verbs.scene import Enquiry, Scene


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


def must_be_all_that_left(scene: Scene, refused: Enquiry, proper: Enquiry) -> None:
    """The lawful enquiry is the fence: whatever the refused one sent would have passed the network before it."""
    try:
        status = complete(scene, proper)
    except NonconformityError as error:
        raise as_paired_positive(error) from error
    sent = sent_by_gateway(scene, refused.person)
    others = [e for e in sent if e["header"]["correlation_id"] != status["correlation_id"]]
    if others:
        header = others[0]["header"]
        observed = f"{header['information']}の照会依頼（職責 {header['role']}）が送られた"
        raise NonconformityError("FORWARDED", observed, "拒否した照会は送られない")
