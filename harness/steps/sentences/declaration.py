"""実装適合宣言: what is declared works, what is not is refused and leaves no trace."""

from dataclasses import replace

from pytest_bdd import given, parsers, then

from harness.catalogue.findings import NonconformityError
from harness.contract.law import table, versions
from harness.contract.texts import told
from harness.residents.data_items import TAX
from harness.steps.verbs.placing import register
from harness.steps.verbs.refusing import must_refuse
from harness.steps.verbs.requesting_side import ALLOWANCE, basis, sent_by_gateway
from harness.steps.verbs.responding_side import answers, ask, the_answer
from harness.steps.verbs.scene import Scene
from harness.steps.verbs.usual import STAFF, tax_key


@given(parsers.parse("本市に、{who}は登録されている"))
def _registered(scene: Scene, who: str) -> None:
    register(scene, scene.person(who))


@then("状態の応答は、宣言した別表第二の版を示す")
def _named(scene: Scene) -> None:
    declared = scene.south.statement.tables_to_name()
    named = set(scene.south.health().expect(200, "health")["tables"])
    if declared - named:
        raise NonconformityError(
            "DECLARATION_DIFFERS", f"状態の応答の版 {told(sorted(named))}", told(sorted(declared))
        )


@then("宣言したすべての版による照会依頼に応答する")
def _answered_under_each(scene: Scene) -> None:
    sender, person = scene.organisation("福岡市"), scene.household.claimant
    declared = (name for name in scene.south.statement.declares.tables if name in versions())
    # one that is carried in part need not have the affair
    for name in (n for n in declared if any(row.affair == ALLOWANCE.affair for row in table(n))):
        cited = basis(scene, replace(ALLOWANCE, table=name), TAX)
        the_answer(scene, ask(scene, sender, person, TAX, tax_key(TAX), basis=cited))


@then(parsers.parse("手動への切替えは「{reason}」として拒否される"))
def _switch_refused(scene: Scene, reason: str) -> None:
    key = scene.household.claimant.local_id
    handling = {"scope": "subject", "key": key, "mode": "手動", "reason": "検証"}
    must_refuse(scene.south.handle(handling, scene.staff(STAFF)), reason)


@then("断った照会は、ネットワークに送られていない")
def _nothing_asked(scene: Scene) -> None:
    if sent_by_gateway(scene, scene.household.claimant):
        raise NonconformityError("FORWARDED", "照会依頼が送られた", "断った照会は送られない")


@then("断った照会依頼には何も送っていない")
def _nothing_answered(scene: Scene) -> None:
    if sent := answers(scene, scene.incoming[-1]):
        observed = f"{sent[0]['header']['kind']}が送られた"
        raise NonconformityError("FORWARDED", observed, "断った照会依頼には何も送らない")
