"""連携情報保管: the right record, only the needed items, values unchanged."""

from typing import Any

from pytest_bdd import parsers, then

from harness.catalogue.findings import NonconformityError
from harness.contract.items import informations, occurrence
from harness.contract.texts import told
from harness.residents.data_items import tax_items
from harness.steps.verbs.purposes import PURPOSES
from harness.steps.verbs.reading_items import compare, must_belong
from harness.steps.verbs.responding_side import answer_at_hand, items_of
from harness.steps.verbs.scene import Incoming, Scene


@then(parsers.parse("応答の項目は、{purpose}に必要な項目だけである"))
def _needed_only(scene: Scene, purpose: str) -> None:
    """Of the last answer, or of each one where several were asked for at once."""
    affair = PURPOSES[purpose].affair
    for incoming in scene.incoming:
        _check_needed(scene, incoming, affair)


def _check_needed(scene: Scene, incoming: Incoming, affair: str) -> None:
    items = items_of(answer_at_hand(scene, incoming))
    needed = set(informations()[incoming.information].used_by(affair))
    if set(items) != needed:
        more, less = sorted(set(items) - needed), sorted(needed - set(items))
        raise NonconformityError(
            "ITEMS_DIFFER",
            f"余分: {told(more)}。不足: {told(less)}",
            f"必要な項目だけ: {told(sorted(needed))}",
        )


@then(parsers.parse("応答の{information}は、{who}について登録したとおりである"))
def _as_registered(scene: Scene, information: str, who: str) -> None:
    registered = scene.records[(scene.own.code, scene.person(who).ref, information)]
    compare(items_of(answer_at_hand(scene, scene.incoming[-1])), registered)


@then(
    parsers.parse(
        "{who}の{information}の応答の{item}は、{count:d} 回目まで登録したとおりで、その後の回はない"
    )
)
def _occurs(scene: Scene, who: str, information: str, item: str, count: int) -> None:
    items = items_of(answer_at_hand(scene, scene.incoming[-1]))
    registered = scene.records[(scene.own.code, scene.person(who).ref, information)]
    expected = {name: registered[name] for name in (occurrence(item, n) for n in range(1, count + 1))}
    came = {name: value for name, value in items.items() if name == item or name.startswith(f"{item}[")}
    if came != expected:
        raise NonconformityError("ITEMS_DIFFER", f"{told(came)}", f"{count} 回目まで: {told(expected)}")


@then(parsers.parse('応答は、相当年度 "{year}" の申請者の課税情報であり、"{other}" のものではない'))
def _of_year(scene: Scene, year: str, other: str) -> None:
    incomes = [scene.household.income_of(scene.household.claimant, y) for y in (year, other)]
    asked, another = (tax_items(income) for income in incomes if income is not None)
    must_belong(items_of(answer_at_hand(scene, scene.incoming[-1])), asked, another)


@then(parsers.parse("応答は{who}についての{information}であり、{other}のものではない"))
def _of_person(scene: Scene, who: str, information: str, other: str) -> None:
    records = [scene.records[(scene.own.code, scene.person(w).ref, information)] for w in (who, other)]
    must_belong(items_of(answer_at_hand(scene, scene.incoming[-1])), *records)


@then("応答の氏名は、登録した文字のままである")
def _name_unchanged(scene: Scene) -> None:
    name = scene.household.claimant.name
    came = items_of(answer_at_hand(scene, scene.incoming[-1])).get("氏名")
    if came != name:
        raise NonconformityError("VALUE_CHANGED", f"氏名 {_code_points(came)}", f"氏名 {_code_points(name)}")


def _code_points(text: Any) -> str:
    """A difference that a font hides shows in code points."""
    return f"{text}（{' '.join(f'U+{ord(c):04X}' for c in text)}）" if isinstance(text, str) else repr(text)
