"""Exploration bites after a restart: what a gateway loses then is found by a story, one defect a day, and the clean reference passes the
story of that day."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mocks.defects.at_restart import restart_names
from tests.benchmarks.exploring import MEASURED, every
from tests.explore.replayed import Told, command, kept

DAY = int(os.environ.get("RENKEI_PART", datetime.now(UTC).toordinal()))


def one(name: str, **told: object) -> list[dict[str, object]]:
    """A beat of one operation."""
    return [{"op": name, **told}]


def waiting(times: int) -> Told:
    """What is owed is judged when it was due: 5 seconds after the restart, and 2 for a busy machine."""
    return [one("待つ", tenths=15)] * times


RESTART = one("再起動")
ARRIVES, ASKS = one("照会が届く"), one("照会する")
BY_HAND = one("手動自動")
OTHERS: Told = [[{"op": "登録", "who": 1}, {"op": "登録", "who": 2}]]
OUTAGE = one("ネットワークの障害", answer="outage")

RECORDS: Told = [
    one("情報登録", version=2, content=1),
    one("情報登録", kind=1, who=1),
    one("情報登録", kind=1, who=1, content=1),
    one("情報登録", who=1),
    one("情報登録", who=1, key=1, content=2),
    one("情報登録", kind=1),
    one("情報削除", kind=1),
    RESTART,
]
PENDING: Told = [BY_HAND, one("情報登録"), ARRIVES, *waiting(1), RESTART]
SEVERAL_PENDING: Told = [
    [*BY_HAND, *one("手動自動", who=1)],
    ARRIVES,
    *waiting(1),
    one("照会が届く", who=1),
    *waiting(1),
    RESTART,
    one("保留を見る"),
]
DECIDED: Told = [*PENDING[:-1], one("承認"), RESTART]
ANSWERING: Told = [one("情報登録"), one("ネットワークの障害", answer="slower"), ARRIVES, *waiting(1), RESTART]
SENDING: Told = [OUTAGE, ASKS, one("待つ", tenths=5), RESTART, *waiting(4)]
BATCH: Told = [*OTHERS, OUTAGE, one("バッチ", rows=3), one("待つ", tenths=5), RESTART, *waiting(6)]
ANSWERED: Told = [one("情報登録"), ARRIVES, *waiting(1), RESTART]
LOGGED: Told = [
    *ANSWERED[:-1],
    one("記録を見る", log="business"),
    RESTART,
]
ENDED: Told = [
    ASKS,
    one("照会する", who=1, partner="refuses"),
    *waiting(1),
    [*one("処理状況を見る"), *one("処理状況を見る", last=1), *one("結果を見る", last=1)],
    RESTART,
]
OPEN: Told = [one("照会する", partner="silent"), *waiting(1), RESTART]
SHORT: Told = [one("照会する", partner="silent", life=2), RESTART, *waiting(4)]
NOTICE: Told = [one("連絡する", partner="silent"), *waiting(1), RESTART]
NOTICE_AGAIN: Told = [one("連絡する", partner="silent", again_after=3), RESTART, *waiting(4)]
TOLD: Told = [one("連絡が届く"), *waiting(1), RESTART]
SESSION: Told = [one("窓口を開く"), RESTART]
SHORT_SESSION: Told = [one("窓口を開く", valid=1), RESTART, *waiting(2), one("自己情報を見る")]
# What was written within 5 seconds before a kill may have been on its way.
AUDITED: Told = [ASKS, *waiting(4), RESTART]

# By the defect: which requirement it is convicted of, and by which story.
STORIES: dict[str, tuple[str, Told]] = {
    "forgets-handling": ("CON-01", PENDING),
    "loses-pending": ("CON-01", PENDING),
    "forgets-decisions": ("CON-08", DECIDED),
    "turns-pending": ("CON-10", SEVERAL_PENDING),
    "loses-unsent": ("NET-08", SENDING),
    "seals-anew": ("NET-09", SENDING),
    "sends-anew": ("NET-03", ANSWERING),
    "sends-out-of-turn": ("CON-27", BATCH),
    "drops-batches": ("NET-08", BATCH),
    "forgets-ids": ("NET-02", ANSWERED),
    "forgets-versions": ("STO-18", RECORDS),
    "loses-newest": ("STO-12", RECORDS),
    "forgets-order": ("STO-09", RECORDS),
    "restores-deleted": ("STO-17", RECORDS),
    "restores-former": ("STO-09", RECORDS),
    "forgets-tokens": ("ID-07", RECORDS),
    "loses-subjects": ("ID-07", RECORDS),
    "asks-again": ("CON-15", ENDED),
    "empties-results": ("CON-03", ENDED),
    "forgets-errors": ("CON-15", ENDED),
    "gives-up-asked": ("CON-13", OPEN),
    "waits-for-ever": ("CON-13", SHORT),
    "forgets-enquiries": ("CON-17", OPEN),
    "forgets-notices": ("SOU-07", NOTICE),
    "notifies-at-once": ("NTC-05", NOTICE),
    "never-notifies-again": ("NTC-05", NOTICE_AGAIN),
    "loses-received": ("NTC-06", TOLD),
    "hands-over-again": ("NTC-06", TOLD),
    "ends-sessions": ("POR-01", SESSION),
    "prolongs-sessions": ("POR-03", SHORT_SESSION),
    "cuts-access-log": ("LOG-01", ANSWERED),
    "cuts-audit-log": ("LOG-14", AUDITED),
    "cuts-business-log": ("LOG-09", LOGGED),
}
# Not to be shown by any story: the reference works off what it took before anybody can kill it, so that nothing of it waits.
UNSEEN = ("loses-unread",)
TODAY = sorted(STORIES)[DAY % len(STORIES)]


def test_each_defect_has_its_story() -> None:
    assert {f"{name}-at-restart" for name in (*STORIES, *UNSEEN)} == set(restart_names())


def test_what_exploration_finds_of_them_is_measured_as_well() -> None:
    assert set(restart_names()) <= set(MEASURED) <= set(every())


@pytest.mark.parametrize("name", [TODAY])
def test_a_defect_is_convicted_by_its_story(tmp_path: Path, name: str) -> None:
    requirement, story = STORIES[name]
    file = kept(tmp_path, requirement, story)
    gateway = f"reference+{name}-at-restart"
    done = command(tmp_path, "replay", str(file), "--gateway", gateway, "--times", "1")
    assert done.returncode == 1, done.stdout + done.stderr
    assert f"{requirement}: 1 回のうち 1 回で再現" in done.stdout


@pytest.mark.parametrize("name", [TODAY])
def test_the_clean_reference_passes_it(tmp_path: Path, name: str) -> None:
    done = command(
        tmp_path, "replay", str(kept(tmp_path, *STORIES[name])), "--gateway", "reference", "--times", "1"
    )
    assert done.returncode == 0, done.stdout + done.stderr
