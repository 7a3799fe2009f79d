"""参照用DB: bulk, corrected, deleted, versioned, odd records, and what of them is provided (§4-3 連携情報保管)."""

from typing import Any

from pytest_bdd import given, parsers, then, when

from harness.catalogue.findings import NonconformityError
from harness.contract.texts import in_json, told
from harness.residents.data_items import RESIDENT, TAX, resident_items
from harness.steps.verbs.notes import BULK
from harness.steps.verbs.placing import keep
from harness.steps.verbs.reading_items import compare
from harness.steps.verbs.refusing import REFUSALS, as_paired_positive, must_refuse
from harness.steps.verbs.responding_side import answer_at_hand, ask, items_of
from harness.steps.verbs.scene import Scene
from harness.steps.verbs.unknowns import unknown_local_id
from harness.steps.verbs.usual import YEAR, tax_key, taxed

_LARGEST = 2**53 - 1
_EDGES = {"総所得額": _LARGEST, "扶養親族数": 0, "老人扶養親族数": -1, "特定扶養親族数": 2**31}
_PARTNER = "福岡市"


@when(parsers.parse('申請者の相当年度 "{year}" の総所得額が、{total} 円に訂正される'))
def _corrected(scene: Scene, year: str, total: str) -> None:
    _keep(scene, taxed(scene) | {"総所得額": int(total.replace(",", ""))}, year)


@when(parsers.parse('申請者の相当年度 "{year}" の扶養親族数が、{count:d} 人に訂正される'))
def _recounted(scene: Scene, year: str, count: int) -> None:
    _keep(scene, taxed(scene) | {"扶養親族数": count}, year)


@when(parsers.parse('申請者の相当年度 "{year}" の課税情報の {count:d} 件が、本市に一括登録される'))
def _too_many(scene: Scene, year: str, count: int) -> None:
    small = _record(scene, {"総所得額": 1}, year)  # what counts is how many there are, not how large they are
    scene.noted["refused bulk"] = scene.south.put_records([small] * count)


@then(parsers.parse("一括登録は「{reason}」として拒否される"))
def _bulk_refused(scene: Scene, reason: str) -> None:
    must_refuse(scene.noted["refused bulk"], reason)


@given("本市に、申請者の課税情報が境界の値で登録されている")
def _edges(scene: Scene) -> None:
    _keep(scene, taxed(scene) | _EDGES)


@given("本市に、申請者の扶養親族数のない課税情報がある")
def _incomplete(scene: Scene) -> None:
    _keep(scene, {name: value for name, value in taxed(scene).items() if name != "扶養親族数"})


@given(parsers.parse("本市に、申請者の総所得額が「{reason}」のため null として登録されている"))
def _null(scene: Scene, reason: str) -> None:
    items = taxed(scene) | {"総所得額": None}
    scene.south.put_record({**_record(scene, items, YEAR), "reasons": {"総所得額": reason}}).expect(200)


@given(parsers.parse("本市に、申請者の課税情報が版 {version:d} で登録されている"))
def _versioned(scene: Scene, version: int) -> None:
    items = taxed(scene) | {"総所得額": 5_555_555}
    scene.south.put_record({**_record(scene, items, YEAR), "version": version}).expect(200)
    scene.records[(scene.own.code, scene.household.claimant.ref, TAX)] = items


@given("本市に、申請者の住民票の情報が、住所を変えて二度登録されている")
def _moved(scene: Scene) -> None:
    claimant = scene.household.claimant
    for number, day in enumerate(("2012-01-01", "2012-07-01"), 1):
        items = resident_items(claimant) | {"住所": f"{claimant.address.text}{number}"}
        keep(scene, scene.own, claimant, RESIDENT, items, 基準日=day)


@when(parsers.parse("版 {version:d} の申請者の課税情報を、業務システムが本市に登録する"))
def _put_version(scene: Scene, version: int) -> None:
    record = {**_record(scene, taxed(scene) | {"総所得額": 4_444_444}, YEAR), "version": version}
    scene.noted["put"] = scene.south.put_record(record)


@when("登録のない人の課税情報を、業務システムが本市に登録する")
def _put_nobody(scene: Scene) -> None:
    record = {**_record(scene, taxed(scene), YEAR), "local_id": unknown_local_id(scene)}
    scene.noted["put"] = scene.south.put_record(record)


@then(parsers.parse("情報の登録は「{reason}」として拒否される"))
def _put_refused(scene: Scene, reason: str) -> None:
    must_refuse(scene.noted["put"], reason)


@then("登録のある人の情報であれば、提供できる")
def _paired(scene: Scene) -> None:
    try:
        _keep(scene, taxed(scene) | {"総所得額": 3_333_333})
        _must_provide(scene, YEAR, taxed(scene) | {"総所得額": 3_333_333})
    except NonconformityError as error:
        raise as_paired_positive(error) from error


@when(parsers.parse('申請者の相当年度 "{year}" の課税情報が、本市から削除される'))
def _deleted(scene: Scene, year: str) -> None:
    """What is deleted was there: it is provided before."""
    _must_provide(scene, year, taxed(scene))
    place = {name: value for name, value in _record(scene, {}, year).items() if name != "items"}
    scene.south.delete_record(place).expect(200, "empty")


@when(parsers.parse("申請者の相当年度 {first:d} から {last:d} までの課税情報が、本市に一括登録される"))
def _bulk(scene: Scene, first: int, last: int) -> None:
    _put_all(scene, [str(year) for year in range(first, last + 1)])


@when("登録のない人の1件をはさんだ、申請者の課税情報の3件が、本市に一括登録される")
def _bulk_with_an_error(scene: Scene) -> None:
    _put_all(scene, ["2001", "", "2003"])


@when("同じ年度の申請者の課税情報の2件が、本市に一括登録される")
def _bulk_with_duplicates(scene: Scene) -> None:
    _put_all(scene, ["2001", "2001"])


@then(parsers.parse("一括登録は {accepted:d} 件を受け付け、誤りはない"))
def _bulk_taken(scene: Scene, accepted: int) -> None:
    _must_report(scene, accepted, [])


@then(parsers.parse("一括登録は {accepted:d} 件を受け付け、位置 {index:d} の{reason}と知らせる"))
def _bulk_reported(scene: Scene, accepted: int, index: int, reason: str) -> None:
    _must_report(scene, accepted, [(index, REFUSALS[reason])])


@then("一括登録した情報を、登録したとおりに提供する")
def _bulk_provided(scene: Scene) -> None:
    years = sorted(scene.noted[BULK])
    for year in sorted({years[0], years[len(years) // 2], years[-1]}):
        _must_provide(scene, year, scene.noted[BULK][year])


@then(parsers.parse("応答の総所得額は null で、理由は「{reason}」である"))
def _null_provided(scene: Scene, reason: str) -> None:
    content = answer_at_hand(scene, scene.incoming[-1])["content"]
    items, reasons = content["items"], content.get("reasons", {})
    if "総所得額" not in items or items["総所得額"] is not None:
        raise NonconformityError("VALUE_CHANGED", f"総所得額 {items.get('総所得額', 'がない')}", "null")
    if reasons != {"総所得額": reason}:
        raise NonconformityError("VALUE_CHANGED", f"理由 {told(reasons)}", f"総所得額の理由 {told(reason)}")


@then("応答の住所は、最後に登録した住所である")
def _latest(scene: Scene) -> None:
    registered = scene.records[(scene.own.code, scene.household.claimant.ref, RESIDENT)]
    came = items_of(answer_at_hand(scene, scene.incoming[-1])).get("住所")
    if came != registered["住所"]:
        raise NonconformityError("WRONG_RECORD", f"住所 {told(came)}", "最後に登録した住所")


@then("応答は、項目のない照会応答である")
def _nothing(scene: Scene) -> None:
    if items := items_of(answer_at_hand(scene, scene.incoming[-1])):
        raise NonconformityError("ITEMS_DIFFER", f"{'、'.join(items)}がある", "項目のない応答")


@then(parsers.parse("応答に{item}はない"))
def _absent(scene: Scene, item: str) -> None:
    items = items_of(answer_at_hand(scene, scene.incoming[-1]))
    if item in items or not items:
        raise NonconformityError(
            "ITEMS_DIFFER", f"{item} が {in_json(items.get(item))}", f"{item} のない応答"
        )


def _keep(scene: Scene, items: dict[str, Any], year: str = YEAR) -> None:
    keep(scene, scene.own, scene.household.claimant, TAX, items, 相当年度=year)


def _record(scene: Scene, items: dict[str, Any], year: str) -> dict[str, Any]:
    local_id = scene.household.claimant.local_id
    return {"local_id": local_id, "information": TAX, "key": {"相当年度": year}, "items": items}


def _put_all(scene: Scene, years: list[str]) -> None:
    """One record a year, each with an amount of its own; an empty year stands for somebody unknown."""
    records, unknown = [], unknown_local_id(scene)
    for number, year in enumerate(years):
        items = taxed(scene) | {"相当年度": year or YEAR, "総所得額": 1_000_000 + number}
        record = _record(scene, items, year or YEAR)
        records.append(record if year else {**record, "local_id": unknown})
    scene.noted[BULK] = {r["key"]["相当年度"]: r["items"] for r in records if r["local_id"] != unknown}
    scene.noted["put"] = scene.south.put_records(records)


def _must_report(scene: Scene, accepted: int, errors: list[tuple[int, str]]) -> None:
    result = scene.noted["put"].expect(200, "bulk-result")
    found = (result["accepted"], [(e["index"], e["code"]) for e in result["errors"]])
    if found != (accepted, errors):
        raise NonconformityError("RECORD_MISMATCH", f"受付と誤り {told(found)}", told((accepted, errors)))


def _must_provide(scene: Scene, year: str, registered: dict[str, Any]) -> None:
    sender, claimant = scene.organisation(_PARTNER), scene.household.claimant
    incoming = ask(scene, sender, claimant, TAX, tax_key(TAX, year))
    compare(items_of(answer_at_hand(scene, incoming)), registered)
