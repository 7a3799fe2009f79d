"""The commands of `renkei`, in the order of the help. Each is loaded when it is called: one takes a tenth of a second, all
of them half a second."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class Command:
    """Where a command lives (`module:function`, or `module:app` where it has commands of its own) and its line of help."""

    place: str
    help: str


COMMANDS: Mapping[str, Command] = MappingProxyType(
    {
        "run": Command(
            "harness.cli.run:run",
            "ゲートウェイを検証する。引数なしでは、参照ゲートウェイを起動して検証する。",
        ),
        "explore": Command(
            "harness.cli.explore:explore_command",
            "誰も考えなかった順序を試す。契約に反する順序を小さくし、シナリオ、再実行のファイル、curl の命令として残す。",
        ),
        "replay": Command(
            "harness.cli.replay:replay_command",
            "renkei explore が見つけた順序を、もう一度行う。",
        ),
        "network": Command(
            "harness.cli.network:network_command",
            "模擬ネットワークとゲートウェイを動かしたままにし、探索が残した curl の命令に要る値を示す。",
        ),
        "init": Command(
            "harness.cli.init:init_command",
            "始めるためのファイルを書く（gateway.toml、renkei.toml、既知の不適合、CI、自団体のシナリオ）。あるものは変えない。",
        ),
        "doctor": Command(
            "harness.cli.doctor:doctor_command",
            "検証を始められない誤り（宣言、トークン、鍵、アドレス、ポート、時計、版）を、検証をせずに、すべて示す。",
        ),
        "explain": Command(
            "harness.cli.explain:explain_command",
            "要件、所見の符号、規則を説明する。手引の文、シナリオ、やり取りの例、よくある原因。",
        ),
        "compare": Command(
            "harness.cli.compare:compare_command",
            "二つの実行を比べる。満たさなくなった要件、実行されなくなった検査があれば終了コード1。",
        ),
        "matrix": Command(
            "harness.cli.matrix:matrix",
            "検証スイートそのものを検証する。欠陥のある参照ゲートウェイをすべて検証し、どの要件が不合格にするかを表にする。",
        ),
        "plan": Command(
            "harness.cli.plan:plan",
            "公表された試算から、回線の負荷と待ちを求め、何を変えればよいかを示す。",
        ),
        "report": Command(
            "harness.cli.report:report",
            "実行の記録（journal.jsonl）から、すべての報告を書き直す。途中で切れた記録からも書く。",
        ),
        "bundle": Command(
            "harness.cli.bundle:bundle_command",
            "実行を、個人の情報を伏せ、署名して、一つの束にする（適合証明）。",
        ),
        "attest": Command("harness.cli.bundle:attest_command", "束に、人の証言と署名を添える。"),
        "audit": Command(
            "harness.cli.audit:audit_command",
            "束（適合証明）を、通信せずに確かめ直す。署名、ハッシュ、記録から導き直したすべての判定を見る。",
        ),
        "dispute": Command(
            "harness.cli.dispute:dispute_command",
            "誤りと思う不合格を、手引の文、規則、やり取り、その前のやり取りとともに、個人の情報を伏せて一つのファイルにする。",
        ),
        "key": Command("harness.cli.bundle:key_command", "署名に使う鍵を作る。公開鍵は .pub.jwk に書く。"),
        "completion": Command(
            "harness.cli.completion:completion_command",
            '命令の補完の設定を示す（bash、zsh、fish）。例: eval "$(renkei completion bash)"',
        ),
        "load": Command("harness.cli.load:app", "負荷に関する命令。"),
        "spec": Command(
            "harness.cli.spec:app",
            "データ一覧、連携形態と照会キーの一覧、別表第二を文書の形で、また契約の版とその違いを示す。",
        ),
        "trace": Command(
            "harness.cli.trace:trace_command",
            "文書の節から、要件、シナリオ、最後の判定、欠陥までを、実行した検査の記録から示す。",
        ),
    }
)
