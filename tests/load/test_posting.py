"""What a gateway answers to a request of a load is data: an id of a form that the guide does not have is none."""

import json
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pytest

from load.posting import LARGEST_ANSWER, Face, Poster
from load.prepared import NORTH, SOUTH, Prepared
from load.sent import row

PLANNED = 1_000


@dataclass
class Client:
    """Answers as it was told to, one after the other."""

    answers: list[tuple[int, bytes]]

    def request(self, *_: Any) -> Any:
        status, content = self.answers.pop(0)
        return SimpleNamespace(status_code=status, read=lambda size: content[:size], release=lambda: None)


def post(face: str, *answers: tuple[int, bytes], retries: int = 0) -> Any:
    client: Any = Client([*answers])
    poster = Poster({face: Face(client, "")}, retries, 5.0)
    return poster.post(Prepared(0, "照会", face, "POST", "/v1", {}, "{}", "", "p"), PLANNED)


def accepted(**ids: Any) -> tuple[int, bytes]:
    return 202, json.dumps(ids).encode()


def test_ids_of_the_south_are_kept() -> None:
    sent = post(SOUTH, accepted(correlation_id="1f1d5c2e-8a47", enquiry_id="E_1"))
    assert (sent.status, sent.correlation_id, sent.enquiry_id) == (202, "1f1d5c2e-8a47", "E_1")
    assert row(sent.line) == sent


@pytest.mark.parametrize("odd", ["a,b", "a\nb", "../x", "", "x" * 65, 5, None, ["a"], "𠮷", '"'])
def test_an_id_of_another_form_is_none_and_the_log_stays_whole(odd: Any) -> None:
    sent = post(SOUTH, accepted(correlation_id=odd, enquiry_id=odd))
    assert (sent.status, sent.correlation_id, sent.enquiry_id) == (202, "", "")
    assert row(sent.line) == sent


def test_what_is_no_json_or_too_much_is_told_apart() -> None:
    assert post(SOUTH, (202, b"<html>")).correlation_id == ""
    assert post(SOUTH, (202, b" " * (LARGEST_ANSWER + 1))).problem == "TOO_LARGE"


def test_the_north_hands_over_again_and_believes_that_it_had_arrived() -> None:
    sent = post(NORTH, (503, b""), (409, b'{"code": "REPLAYED"}'), retries=1)
    assert (sent.status, sent.attempts) == (202, 2)
    assert (
        post(NORTH, (409, b'{"code": "REPLAYED"}'), retries=1).status == 409
    )  # a first one is no repetition
    assert post(SOUTH, (503, b""), accepted(), retries=1).status == 503  # a second would be another enquiry
