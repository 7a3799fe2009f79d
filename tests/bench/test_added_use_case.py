"""A use case is one folder: with its features, and the line that names a new role, it is all that is added."""

from pathlib import Path

import pytest

from tests.bench.copied import copy_into

CASE = """\
number = 9
name = "老人福祉"
title = "老人福祉の措置の効率化"
folder = "09_老人福祉"
source = "own"

[[affair]]
name = "福祉の措置"
wordings = ["老人福祉法による福祉の措置に関する事務"]
role = "elderly-welfare"

[affair.informations]
"地方税関係情報" = ["総所得額"]

[[purpose]]
name = "福祉の措置"
affair = "福祉の措置"

[[claim]]
benefit = "福祉の措置"
words = "福祉の措置を申し出た"
"""
FACTS = """\
from harness.use_cases.claim import Claim, Knowledge
from harness.use_cases.reading import must_know, whole


def facts_of(claim: Claim, known: Knowledge) -> int:
    return whole(must_know(known, claim.home.claimant, "地方税関係情報"), "総所得額")
"""
DECIDE = """\
from harness.use_cases.decision import Decision, Outcome, Reason


def decide(facts: int) -> Decision:
    outcome = Outcome.GRANTED if facts < 1_000_000 else Outcome.REFUSED
    return Decision(outcome, 0, None, (Reason("所得による", "own"),))
"""
FEATURE = """\
# language: ja
@ユースケース:老人福祉 @団体:市町村
機能: 福祉の措置
  @要件:UC-01
  シナリオアウトライン: 所得により措置を決める
    前提 "福岡市" から転入した申請者が、"2012-08-01" に福祉の措置を申し出た
    かつ 福岡市に、申請者の地方税関係情報が次のとおりある
      | 項目     | 値     |
      | 総所得額 | <所得> |
    もし 老人福祉担当の職員が、福祉の措置のため、申請者の地方税関係情報を福岡市に照会する
    ならば 照会は応答済となる
    かつ 届いた情報による判断は「<判断>」である

    例:
      | 所得      | 判断 |
      | 999,999   | 認定 |
      | 1,000,000 | 却下 |
"""


@pytest.mark.slow
def test_a_folder_with_its_features_and_a_role_is_a_use_case(tmp_path: Path) -> None:
    copy = copy_into(tmp_path)
    added = {
        "harness/use_cases/elderly_welfare/__init__.py": "",
        "harness/use_cases/elderly_welfare/case.toml": CASE,
        "harness/use_cases/elderly_welfare/facts.py": FACTS,
        "harness/use_cases/elderly_welfare/decide.py": DECIDE,
        "features/09_老人福祉/01_福祉の措置.feature": FEATURE,
    }
    for name, text in added.items():
        path = copy.root / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    with (copy.root / "harness" / "contract" / "roles.toml").open("a", encoding="utf-8") as roles:
        roles.write('elderly-welfare = "老人福祉担当"\n')
    copy.publish()
    ended = copy.renkei(tmp_path, "--use-case", "老人福祉")
    assert ended.code == 0, ended.out + ended.err
    assert ended.results()["counts"]["scenarios"]["合格"] == 2
