"""The nearest other values: each differs from what was said, and in one place."""

from typing import Any

import pytest

from harness.matrix.mutants.values import changed, members, others


@pytest.mark.parametrize(
    ("name", "value", "wanted"),
    [
        ("amount", 812000, {"null": None, "一つ多い": 812001, "一つ少ない": 811999, "文字列": "812000"}),
        ("status", "送信済", {"別の語": "応答済"}),
        ("expires_at", "2012-08-01T09:00:00.000Z", {"一秒後": "2012-08-01T09:00:01.000+00:00"}),
        ("birth_date", "2012-02-29", {"翌日": "2012-03-01"}),
        ("requester", "099999", {"次の番号": "100000", "数": 99999}),
        (
            "affair",
            "児童手当",
            {"末尾の一字違い": "児童手0", "末尾の一字なし": "児童手", "末尾に空白": "児童手当 "},
        ),
        ("rows", [1, 2], {"最後がない": [1], "最後が二つ": [1, 2, 2], "逆順": [2, 1], "空": []}),
        ("basis", {"item": "57"}, {"余分な項目": {"item": "57", "x_extra": "1"}, "空": {}}),
    ],
)
def test_nearest_other_values(name: str, value: object, wanted: dict[str, object]) -> None:
    found = dict(others(name, value))
    assert wanted.items() <= found.items()
    assert all(other != value or type(other) is not type(value) for other in found.values())


def test_members_at_every_depth_and_the_last_of_a_list() -> None:
    said: dict[str, Any] = {
        "basis": {"item": "57"},
        "items": {"所得": 1, "氏名": "甲"},
        "rows": [{"id": 1}, {"id": 2}],
    }
    found = {".".join(path): value for path, value in members(said)}
    assert found["basis.item"] == "57"
    assert found["items.*"] == 1
    assert found["rows.[].id"] == 2


def test_only_that_place_changes() -> None:
    said = {"rows": [{"id": 1}, {"id": 2, "error": None}], "n": 1}
    assert changed(said, ("rows", "[]", "id"), 3) == {"rows": [{"id": 1}, {"id": 3, "error": None}], "n": 1}
    assert changed(said, ("rows", "[]", "error"), None, absent=True)["rows"] == [{"id": 1}, {"id": 2}]
    assert said["rows"] == [{"id": 1}, {"id": 2, "error": None}]
