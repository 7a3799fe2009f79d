"""What was confirmed is there, and nothing else."""

import pytest

from harness.model.judges.keeping import keeping
from harness.model.rules import rules
from tests.model.asking import WISH, enquiry, notice
from tests.model.histories import OFFICER, Told, broken, occasions

GONE = {"code": "NOT_FOUND", "phase": "連携確認", "reason": "ない"}
PATHS = (
    ("GET", "/v1/enquiries/{}", "e-1"),
    ("GET", "/v1/enquiries/{}/result", "e-1"),
    ("GET", "/v1/notices/{}", "n-1"),
    ("GET", "/v1/batches/{}", "b-1"),
    ("POST", "/v1/batches/{}/resend", "b-1"),
    ("GET", "/v1/enquiries/{}", "e-row"),
)


def confirmed() -> Told:
    told = Told()
    enquiry(told).send()
    notice(told, at=11).send()
    row = {"enquiry_id": "e-row", "correlation_id": "c", "status": "受付", "error": None}
    answer = {"batch_id": "b-1", "rows": [row]}
    told.call("POST", "/v1/batches", {"rows": [WISH]}, status=202, answer=answer, staff=OFFICER, at=12)
    return told


@pytest.mark.parametrize(("method", "path", "id_"), PATHS)
def test_what_was_confirmed_is_kept(method: str, path: str, id_: str) -> None:
    told = confirmed()
    told.call(method, path.format(id_), at=20)
    assert broken(keeping, told) == []
    assert all(alternative in rules()[rule].alternatives for rule, alternative in occasions(keeping, told))
    told.call(method, path.format(id_), status=404, answer=GONE, at=21)
    assert broken(keeping, told) == ["confirmed-is-kept"]


@pytest.mark.parametrize(("method", "path", "id_"), PATHS)
def test_what_never_was_is_not_there(method: str, path: str, id_: str) -> None:
    told = confirmed()
    told.call(method, path.format("x"), status=404, answer=GONE, at=20)
    told.call(method, path.format(f"{id_}/"), status=404, answer=GONE, at=21)
    assert broken(keeping, told) == []
    for status, answer in ((200, {}), (404, {**GONE, "code": "NOT_READY"}), (409, GONE)):
        told = confirmed()
        told.call(method, path.format("x"), status=status, answer=answer, at=21)
        assert broken(keeping, told) == ["unknown-is-absent"]


def test_an_id_is_one_of_its_own_kind() -> None:
    told = confirmed()
    for method, path, id_ in (
        ("GET", "/v1/notices/{}", "e-1"),
        ("GET", "/v1/enquiries/{}", "n-1"),
        ("GET", "/v1/batches/{}", "e-1"),
    ):
        told.call(method, path.format(id_), at=20)
    assert broken(keeping, told) == ["unknown-is-absent"] * 3


def test_a_resending_may_be_refused_before_anybody_looks() -> None:
    told = confirmed()
    for status in (401, 403, 422, 501):
        told.call("POST", "/v1/batches/x/resend", status=status, answer=GONE, at=20)
    assert broken(keeping, told) == []
