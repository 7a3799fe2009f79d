"""Exchanges that name the same enquiry belong together; what was refused stands beside them."""

from harness.matrix.mutants.threads import SHARED, Threads, seen_with
from harness.model.history.exchanges import Call, Staff
from harness.model.history.history import Declared, History
from harness.model.history.spans import Span

ONE, OTHER = "11111111-aaaa-4aaa-8aaa-111111111111", "22222222-bbbb-4bbb-8bbb-222222222222"


def asked(number: int, path: str, status: int, answer: object) -> Call:
    """A request of a scenario."""
    nobody = Staff(None, None, None)
    return Call(
        number, Span(number, number), "s", "GET", path, (), "", nobody, None, None, None, status, answer, None
    )


def test_threads_of_a_scenario() -> None:
    calls = (
        asked(1, "/v1/subjects/1", 200, {}),
        asked(2, "/v1/enquiries", 202, {"enquiry_id": ONE}),
        asked(3, f"/v1/enquiries/{ONE}", 200, {}),
        asked(4, "/v1/enquiries", 202, {"enquiry_id": OTHER}),
        asked(5, f"/v1/enquiries/{ONE}/result", 404, {"code": "NOT_FOUND"}),
        asked(6, "/v1/notices", 200, {"notices": [{"correlation_id": ONE}, {"correlation_id": OTHER}]}),
    )
    threads = Threads.of(History(Declared("1", "221007", {}, {}), 0.0, 9.0, calls))
    assert sorted(threads.lines_of(SHARED)) == [1, 6]
    seen = {name: [c.number for c in threads.of_one(calls, name)] for name in threads.all}
    assert sorted(seen.values()) == [[1, 2, 3, 5, 6], [1, 2, 3, 6], [1, 4, 6]]
    assert threads.owner(OTHER) in seen_with(threads.lines[4])
