"""The tables by the name that the features use."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from harness.stimuli.at_once import at_once
from harness.stimuli.batches import batches
from harness.stimuli.bodies import bodies
from harness.stimuli.callers import callers
from harness.stimuli.decisions import decisions
from harness.stimuli.files import files
from harness.stimuli.holdings import values_by_every_way
from harness.stimuli.keys import keys
from harness.stimuli.late import late
from harness.stimuli.log_queries import log_queries
from harness.stimuli.messages import messages
from harness.stimuli.network_answers import network_answers
from harness.stimuli.paths import paths
from harness.stimuli.registering import registering
from harness.stimuli.south_faults import south_faults
from harness.stimuli.spellings import spellings
from harness.stimuli.stage import Stage
from harness.stimuli.unlawful import unlawful
from harness.stimuli.versions import versions

Table = Callable[[Stage], None]
TABLES: Final[Mapping[str, Table]] = MappingProxyType(
    {
        "南側の要求と送る者": callers,
        "参照用DBの値と道": values_by_every_way,
        "情報の版と削除": versions,
        "登録とリンクコード": registering,
        "固定長のファイル": files,
        "南側の要求の本文": bodies,
        "届く電文の各層": messages,
        "ネットワークと相手の応答": network_answers,
        "バッチの行": batches,
        "記録の絞込み": log_queries,
        "職員の判断": decisions,
        "同時の要求": at_once,
        "後からの要求": late,
        "南側の誤りの組合せ": south_faults,
        "パスとメソッド": paths,
        "本文の書き方": spellings,
        "照会キーと件": keys,
        "適法でない照会": unlawful,
    }
)
