"""Moments: what RFC 3339 allows is a moment, everything else is none, and schema and reader say the same."""

from datetime import UTC, datetime

import pytest

from harness.contract.messages import parse_timestamp
from harness.contract.schemas import problem_with

MOMENTS = {
    "2012-08-01T09:00:00.000Z": datetime(2012, 8, 1, 9, tzinfo=UTC),
    "2012-08-01T09:00:00+09:00": datetime(2012, 8, 1, tzinfo=UTC),
    "2012-08-01t09:00:00z": datetime(2012, 8, 1, 9, tzinfo=UTC),
    "2012-08-01T09:00:00.123456789012Z": datetime(2012, 8, 1, 9, 0, 0, 123456, tzinfo=UTC),
    "2012-08-01T09:00:00.5Z": datetime(2012, 8, 1, 9, 0, 0, 500000, tzinfo=UTC),
    "2012-08-01T09:00:00+23:59": datetime(2012, 7, 31, 9, 1, tzinfo=UTC),
    "2012-08-01T09:00:00-23:59": datetime(2012, 8, 2, 8, 59, tzinfo=UTC),
    "2012-08-01T09:00:00-00:00": datetime(2012, 8, 1, 9, tzinfo=UTC),
    "2012-02-29T00:00:00Z": datetime(2012, 2, 29, tzinfo=UTC),
    "2016-12-31T23:59:60Z": datetime(2017, 1, 1, tzinfo=UTC),
    "2016-12-31T23:59:60.75Z": datetime(2017, 1, 1, tzinfo=UTC),
    "2017-01-01T08:59:60+09:00": datetime(2017, 1, 1, tzinfo=UTC),
    "0000-01-01T00:00:00Z": datetime.min.replace(tzinfo=UTC),
    "0000-02-29T00:00:00Z": datetime.min.replace(tzinfo=UTC),
    "0001-01-01T00:00:00+23:59": datetime.min.replace(tzinfo=UTC),
    "9999-12-31T23:59:59-23:59": datetime.max.replace(tzinfo=UTC),
    "9999-12-31T23:59:60Z": datetime.max.replace(tzinfo=UTC),
}
NARROWER = (
    "2012-08-01t09:00:00z",
    "2012-08-01T09:00:00.123456789012Z",
)  # the schema asks for T, Z and nine digits
NONE = (
    "",
    "2012-08-01T09:00:00",
    "2012-08-01 09:00:00Z",
    "2012-08-01T09:00Z",
    "2012-08-01T09:00:00,5Z",
    "2012-08-01T09:00:00.Z",
    "2012-08-01T24:00:00Z",
    "2012-08-01T09:60:00Z",
    "2012-08-01T09:00:61Z",
    "2012-08-01T12:00:60Z",
    "2012-08-01T09:00:00+24:00",
    "2012-08-01T09:00:00+09:60",
    "2012-08-01T09:00:00+0900",
    "2012-08-01T09:00:00+09",
    "2012-02-30T09:00:00Z",
    "2011-02-29T09:00:00Z",
    "2012-13-01T09:00:00Z",
    "2012-00-01T09:00:00Z",
    "20120801T090000Z",
    "2012-W31-3T09:00:00Z",
    "12012-08-01T09:00:00Z",
    "-2012-08-01T09:00:00Z",
    "\uff12012-08-01T09:00:00Z",
    "2012-08-01T09:00:00Z ",
    "2012-08-01T09:00:00Z\n",
    "1343811600",
)


def deviation(text: str) -> str | None:
    """What the published schema says of a moment."""
    health = {
        "status": "ok",
        "contract": "1",
        "organisation": "221007",
        "product": "p",
        "tables": ["2015-09-09"],
    }
    return problem_with("health", {**health, "keys": {"signature": "s", "encryption": "e"}, "time": text})


@pytest.mark.parametrize("text", MOMENTS)
def test_what_is_a_moment(text: str) -> None:
    assert parse_timestamp(text) == MOMENTS[text]
    assert deviation(text) is None or text in NARROWER


@pytest.mark.parametrize("text", NARROWER)
def test_the_schema_allows_less(text: str) -> None:
    assert (deviation(text) or "").startswith("time:")


@pytest.mark.parametrize("text", NONE)
def test_what_is_none(text: str) -> None:
    with pytest.raises(ValueError, match=r"RFC 3339|UTC|時差|range|must be in"):
        parse_timestamp(text)
    assert (deviation(text) or "").startswith("time:")
