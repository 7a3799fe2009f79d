"""Tests of the gateway with everything around it in one process."""

from typing import Any

from renkei.bench import InProcessBench

TAX, YEAR = "地方税関係情報", {"相当年度": "2012"}
AFFAIR = "児童扶養手当法による児童扶養手当の支給に関する事務"
ASKED = {
    "as": "401307",
    "basis": {"table": "2015-09-09", "item": "57"},
    "affair": AFFAIR,
    "information": TAX,
    "key": YEAR,
    "role": "child-allowance",
}


def test_it_gives_what_the_affair_needs_and_no_more(renkei_bench: InProcessBench) -> None:
    resident = renkei_bench.resident()
    items = {"総所得額": 2_299_999, "年税額": 120_000}
    record = {"local_id": resident.local_id, "information": TAX, "key": YEAR, "items": items}
    renkei_bench.south.put_record(record).expect(200)
    renkei_bench.network.enquire({**ASKED, "person": resident.ref})
    answer = renkei_bench.network.exchanges(at_least=2, seconds=5, person=resident.ref)[1]
    assert answer["content"] == {"items": {"総所得額": 2_299_999}}


def test_a_message_without_signature_is_refused(renkei_bench: InProcessBench) -> None:
    resident = renkei_bench.resident()
    asked = {**ASKED, "person": resident.ref, "alteration": "unsigned"}
    delivery = renkei_bench.network.enquire(asked)["delivery"]
    assert (delivery["status"], delivery["error"]["code"]) == (401, "SIGNATURE_INVALID")


def test_each_of_a_household_is_told_apart(renkei_bench: InProcessBench, renkei_household: Any) -> None:
    home = renkei_household(children=1, twin=True)  # somebody else has the claimant's name and date of birth
    for yen, person in enumerate((home.claimant, home.twin)):
        renkei_bench.register(person)
        record = {"local_id": person.local_id, "information": TAX, "key": YEAR, "items": {"総所得額": yen}}
        renkei_bench.south.put_record(record).expect(200)
    renkei_bench.network.enquire({**ASKED, "person": home.twin.ref})
    answer = renkei_bench.network.exchanges(at_least=2, seconds=5, person=home.twin.ref)[1]
    assert answer["content"] == {"items": {"総所得額": 1}}


def test_nobody_knows_this_resident(renkei_bench: InProcessBench) -> None:
    renkei_bench.network.enquire({**ASKED, "person": "somebody-else"})
    answer = renkei_bench.network.exchanges(at_least=2, seconds=5, person="somebody-else")[1]
    assert answer["content"]["code"] == "SUBJECT_UNKNOWN"
