"""認証・認可 on the requesting side: what staff may not ask is refused and never leaves."""

from pytest_bdd import parsers, then

from harness.spec.findings import NonconformityError
from harness.steps.enquiring import await_status, enquire, fetch, sent_by_gateway
from harness.steps.refusing import must_refuse
from harness.steps.registers import TAX
from harness.steps.scene import Scene


@then(parsers.parse("照会は「{reason}」として拒否される"))
def _refused(scene: Scene, reason: str) -> None:
    must_refuse(scene.enquiries[-1].reply, reason)


@then(
    "児童扶養手当担当の職員による地方税関係情報の照会は応答済となり、拒否された照会はネットワークに送られていない"
)
def _paired_positive(scene: Scene) -> None:
    """The lawful enquiry is the fence: whatever the refused one sent would have passed the network before it."""
    refused = scene.enquiries[-1]
    person, to = refused.person, scene.organisation("前住所地")
    proper = enquire(scene, scene.staff("児童扶養手当担当"), person, TAX, to)
    try:
        status = await_status(scene, proper, "応答済")
        fetch(scene, proper)
    except NonconformityError as error:
        raise NonconformityError("PAIRED_POSITIVE_FAILED", error.observed, error.expected) from error
    others = [
        e for e in sent_by_gateway(scene, person) if e["header"]["correlation_id"] != status["correlation_id"]
    ]
    if others:
        header = others[0]["header"]
        observed = f"{header['information']}の照会依頼（職責 {header['role']}）が送られた"
        raise NonconformityError("FORWARDED", observed, "拒否した照会は送られない")
