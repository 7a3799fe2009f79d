"""個別連携業務接続: fixed-width CP932 files of business systems outside 地域情報プラットフォーム."""

from typing import Any

from pytest_bdd import parsers, then, when

from harness.catalogue.findings import NonconformityError
from harness.contract.legacy_layout import LINE_END, layout, line_of
from harness.contract.texts import told
from harness.residents.data_items import RESIDENT, TAX, resident_items
from harness.steps.verbs.notes import BULK
from harness.steps.verbs.placing import register
from harness.steps.verbs.refusing import REFUSALS, must_refuse
from harness.steps.verbs.responding_side import answer_at_hand, items_of
from harness.steps.verbs.scene import Scene
from harness.steps.verbs.usual import taxed
from harness.stimuli.file_sets import set_id

_GAIJI = b"\xf0\x40"  # the first code of CP932 that is left to users (外字)
_BAD_LINES = {3: "長さの足りない", 5: "総所得額が数字でない"}


@when(parsers.parse("申請者の課税情報の、{how}1行のファイルが取り込まれる"))
def _one_line(scene: Scene, how: str) -> None:
    items = taxed(scene) | {"総所得額": 2_000_001}
    scene.records[(scene.own.code, scene.household.claimant.ref, TAX)] = items
    _import(scene, TAX, [_line(scene, how, items)])


@when("申請者の課税情報の、3行目と5行目が誤った6行のファイルが取り込まれる")
def _some_wrong(scene: Scene) -> None:
    lines, right = [], {}
    for number in range(1, 7):
        items = taxed(scene) | {"相当年度": str(2000 + number), "総所得額": 2_000_000 + number}
        lines.append(_line(scene, _BAD_LINES.get(number, "正しい"), items))
        if number not in _BAD_LINES:
            right[items["相当年度"]] = items
    scene.noted[BULK] = right
    _import(scene, TAX, lines)


@when(parsers.parse("氏名に U+{code_point} の文字を含む、申請者の住民票の情報のファイルが取り込まれる"))
def _with_character(scene: Scene, code_point: str) -> None:
    name = f"野山{chr(int(code_point, 16))}　花子"
    scene.noted["name"] = name
    _import(scene, RESIDENT, [_resident_line(scene, name)])


@when("氏名に外字を含む、申請者の住民票の情報のファイルが取り込まれる")
def _with_gaiji(scene: Scene) -> None:
    line = _resident_line(scene, "野山　花子")
    _import(scene, RESIDENT, [line.replace("野".encode("cp932"), _GAIJI, 1)])


@when(parsers.parse("申請者の課税情報を{of:d}つに分けたファイルの、{number:d}つ目が取り込まれる"))
def _one_of_several(scene: Scene, of: int, number: int) -> None:
    items = taxed(scene) | {"相当年度": str(2000 + number), "総所得額": 2_000_000 + number}
    scene.noted.setdefault(BULK, {})[items["相当年度"]] = items
    line = line_of(TAX, scene.household.claimant.local_id, items)
    _import(scene, TAX, [line], set=_set(scene, number, of, 1))


@when("申請者の課税情報の、告げた行数より1行少ないファイルが取り込まれる")
def _broken_off(scene: Scene) -> None:
    items = taxed(scene) | {"総所得額": 2_000_009}
    line = line_of(TAX, scene.household.claimant.local_id, items)
    _import(scene, TAX, [line], set=_set(scene, 1, 1, 2))


@then("取込みは、ファイルの内容が告げたとおりでないとして、全体が拒否される")
def _not_as_announced(scene: Scene) -> None:
    must_refuse(scene.noted["import"], "要求の内容が正しくない")


@then(parsers.parse("取込みは、{number:d}つ目のファイルがまだないと知らせる"))
def _one_missing(scene: Scene, number: int) -> None:
    _must_miss(scene, [number])


@then("取込みは、分けたファイルがすべてそろったと知らせる")
def _none_missing(scene: Scene) -> None:
    _must_miss(scene, [])


@then(parsers.parse("取込みは {accepted:d} 行で、誤りはない"))
def _taken(scene: Scene, accepted: int) -> None:
    _must_report(scene, accepted, [])


@then(parsers.parse("取込みは {line:d} 行目の{item}を「{reason}」と知らせる"))
def _reported(scene: Scene, line: int, item: str, reason: str) -> None:
    _must_report(scene, 0, [(line, None if item == "全体" else item, REFUSALS[reason])])


@then(parsers.parse("取込みは {accepted:d} 行で、{first:d} 行目と {second:d} 行目を知らせる"))
def _some_reported(scene: Scene, accepted: int, first: int, second: int) -> None:
    code = REFUSALS["行が様式に合わない"]
    _must_report(scene, accepted, [(first, None, code), (second, "総所得額", code)])


@then("応答の氏名は、ファイルの文字のままである")
def _name_unchanged(scene: Scene) -> None:
    name, came = scene.noted["name"], items_of(answer_at_hand(scene, scene.incoming[-1])).get("氏名")
    if came != name:
        raise NonconformityError("VALUE_CHANGED", f"氏名 {came!a}", f"氏名 {name!a}")


@then(parsers.parse("ファイルの取込みは「{reason}」として拒否される"))
def _refused(scene: Scene, reason: str) -> None:
    must_refuse(scene.south.import_file(TAX, _line(scene, "正しい", taxed(scene)) + LINE_END), reason)


def _line(scene: Scene, how: str, items: dict[str, Any]) -> bytes:
    """A line with the fault that the scenario names."""
    local_id = scene.household.claimant.local_id
    if how == "扶養親族数が空白の":
        items = {name: value for name, value in items.items() if name != "扶養親族数"}
    line = line_of(TAX, local_id, items)
    if how == "長さの足りない":
        return line[:-1]
    return _spoilt(line, "総所得額") if how == "総所得額が数字でない" else line


def _spoilt(line: bytes, item: str) -> bytes:
    start = 0
    for field in layout(TAX):
        if field.name == item:
            return line[:start] + b"X" * field.width + line[start + field.width :]
        start += field.width
    raise KeyError(item)


def _resident_line(scene: Scene, name: str) -> bytes:
    """Address and other texts that CP932 has for certain: only the name is under test."""
    claimant = scene.household.claimant
    plain = {"氏名": name, "住所": "静岡市葵区追手町５番１号", "本籍": "静岡県静岡市"}
    items = resident_items(claimant) | plain
    return line_of(RESIDENT, claimant.local_id, items)


def _import(scene: Scene, information: str, lines: list[bytes], **members: object) -> None:
    register(scene, scene.household.claimant)
    data = b"".join(line + LINE_END for line in lines)
    scene.noted["import"] = scene.south.import_file(information, data, **members)


def _set(scene: Scene, number: int, of: int, lines: int) -> dict[str, object]:
    """Of an id that no run before had, as no enrolment token comes again: what a gateway keeps of a run would be there."""
    token = scene.control.add_person(scene.household.claimant.ref)["enrolment_tokens"][scene.own.code]
    return {"id": set_id(token), "number": number, "of": of, "lines": lines}


def _must_miss(scene: Scene, missing: list[int]) -> None:
    found = scene.noted["import"].expect(200, "import-result").get("missing")
    if found != missing:
        raise NonconformityError("RECORD_MISMATCH", f"まだない番号: {told(found)}", f"{told(missing)}")


def _must_report(scene: Scene, accepted: int, errors: list[tuple[int, str | None, str]]) -> None:
    result = scene.noted["import"].expect(200, "import-result")
    found = (result["accepted"], [(e["line"], e["item"], e["code"]) for e in result["errors"]])
    if found != (accepted, errors):
        raise NonconformityError(
            "RECORD_MISMATCH", f"取り込んだ行数と誤り {told(found)}", told((accepted, errors))
        )
