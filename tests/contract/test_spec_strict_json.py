"""JSON of the contract and of nothing else: one reader for all that a gateway or a user says."""

import json

import pytest

from harness.contract.strict_json import DEEPEST, UnreadableJsonError, read_json


def nested(levels: int, opening: str = "[", inner: str = "", closing: str = "]") -> bytes:
    """So many levels of one kind."""
    return (opening * levels + inner + closing * levels).encode()


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"\xef\xbb\xbf{}", "BOM"),
        ('{"a":1}'.encode("utf-16"), "UTF-8"),
        ('{"a":1}'.encode("utf-16-le"), "JSON ではない"),
        ('{"a":1}'.encode("utf-32"), "UTF-8"),
        ('{"a":"静岡"}'.encode("cp932"), "UTF-8"),
        (b'["\xed\xa0\x80"]', "UTF-8"),
        (b'{"a":1,"a":2}', "同じ名前"),
        (b'[{"x":{"a":1,"\\u0061":1}}]', "同じ名前"),
        (b"[NaN]", "NaN"),
        (b"-Infinity", "Infinity"),
        (b"[1e999]", "大きすぎる"),
        (b"1" * 5000, "大きすぎる"),
        (b'["\\ud800"]', "サロゲート"),
        (b'{"\\uDC00":1}', "サロゲート"),
        (b'["\\udc00\\ud800"]', "サロゲート"),
        (nested(DEEPEST + 1), "入れ子"),
        (nested(950), "入れ子"),
        (nested(950, '{"a":', "1", "}"), "入れ子"),
        (nested(1_000_000), "入れ子"),
        (b"", "JSON ではない"),
        (b"{} x", "JSON ではない"),
        (b"{'a':1}", "JSON ではない"),
        (b"[01]", "JSON ではない"),
        (b'["\n"]', "JSON ではない"),
    ],
)
def test_what_is_no_json_of_the_contract_is_said_to_be_none(data: bytes, why: str) -> None:
    with pytest.raises(UnreadableJsonError, match=why):
        read_json(data)


@pytest.mark.parametrize(
    "value",
    [
        {"氏名": "𠮷田󠄁", "名": None, "円": 2**53 - 1, "少": -1},
        [[{"a": 1}, {"a": 1}]],
        "\u2028\u0000",
        [[i] for i in range(1000)],
        9**4000,
    ],
)
@pytest.mark.parametrize("escaped", [True, False])
def test_everything_else_is_read_as_it_is(value: object, *, escaped: bool) -> None:
    assert read_json(json.dumps(value, ensure_ascii=escaped).encode()) == value


def test_nesting_that_a_schema_could_have_is_read() -> None:
    assert read_json(nested(DEEPEST)) == json.loads(nested(DEEPEST))


def test_a_number_keeps_its_kind() -> None:
    assert [type(one) for one in read_json(b"[812000, 812000.0, 8.12e5]")] == [int, float, float]
