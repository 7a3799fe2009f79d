"""The bench in process around a gateway that does everything: what it asks, answers, tells and logs is on record, and it is not blamed."""

from pathlib import Path

import pytest

from harness.model.judge import whole
from harness.record.reader import read
from harness.stimuli.whole_logs import whole_logs
from renkei.bench import ContractBrokenError, bench_in_process
from tests.kit.reference import reference
from tests.kit.test_kit_bench import ASKED, ITEMS, TAX, YEAR

PARTNER = "401307"


def test_the_reference_gateway_is_not_blamed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with bench_in_process(reference(tmp_path, monkeypatch), tmp_path, seed=5) as bench:
        somebody, staff = bench.resident(), bench.stage.staff("child-allowance")
        record = {"local_id": somebody.local_id, "information": TAX, "key": YEAR, "items": ITEMS}
        bench.south.put_record(record).expect(200)
        bench.network.put_record(PARTNER, somebody.ref, TAX, YEAR, {"総所得額": 7})
        about = {name: ASKED[name] for name in ("basis", "affair", "information", "key")}
        asking = {"local_id": somebody.local_id, "to": PARTNER, "mode": "オンライン", **about}
        asked = bench.south.enquire(asking, staff).expect(202)
        bench.network.exchanges(at_least=2, seconds=5, correlation_id=asked["correlation_id"])
        bench.network.enquire({**ASKED, "person": somebody.ref})
        bench.network.exchanges(at_least=4, seconds=5)
        result = bench.south.result(asked["enquiry_id"]).expect(200)
        assert result["items"] == {"総所得額": 7}
        whole_logs(bench.stage)
        bench.judge()
        rules = {rule for rule, _ in whole(list(read(bench.record))).occasions}
        assert len(rules) > 100, rules


def test_an_answer_that_nobody_asked_for_is_told_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a test asks past the faces, nobody asked for: that is why it acts through them alone."""
    with bench_in_process(reference(tmp_path, monkeypatch), tmp_path, seed=6) as bench:
        somebody, staff = bench.resident(), bench.stage.staff("child-allowance")
        about = {name: ASKED[name] for name in ("basis", "affair", "information", "key")}
        asking = {"local_id": somebody.local_id, "to": PARTNER, "mode": "オンライン", **about}
        unseen = bench.south.recording(lambda _: None)
        unseen.enquire(asking, staff).expect(202)
        bench.network.exchanges(at_least=1, seconds=5)
        with pytest.raises(ContractBrokenError):
            bench.judge()
