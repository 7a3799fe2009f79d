"""The options of a run, once: pytest and the command `renkei run` are told of the same."""

from dataclasses import dataclass
from pathlib import Path

from harness.model.kinds import ENOUGH
from harness.plugin.standstill import LONGEST_SECONDS


@dataclass(frozen=True)
class Option:
    """One of them. kind: of its value, bool for a flag; many: may be given several times; hidden: not in the help of
    the command; minimum, default: of a number; metavar: how pytest calls its value."""

    name: str
    metavar: str
    said: str
    kind: type = str
    many: bool = False
    hidden: bool = False
    minimum: float | None = None
    default: float | None = None

    @property
    def dest(self) -> str:
        """As a Python name."""
        return self.name.removeprefix("--").replace("-", "_")

    @property
    def is_text(self) -> bool:
        """Is what the user gives a text to pytest? A flag is given nothing, and a length of time is a number."""
        return self.kind not in {bool, float}


TABLE = (
    Option(
        "--gateway",
        "KIND",
        "検証するゲートウェイ: reference（renkei run で省略時）、reference+欠陥名、null、refuses-everything、"
        "http:URL、command:命令",
    ),
    Option("--statement", "FILE", "実装適合宣言 gateway.toml", Path),
    Option(
        "--partner",
        "KIND",
        "相手のゲートウェイ（--gateway と同じ種類）。二つを一つのネットワークに置き、互いに照会と連絡をさせて、両方を判定する",
    ),
    Option("--partner-statement", "FILE", "相手のゲートウェイの実装適合宣言", Path),
    Option("--use-case", "NAME", "このユースケースだけ（繰り返せる）", many=True),
    Option("--requirement", "ID", "この要件だけ（繰り返せる）", many=True),
    Option("--brief", "", "アウトラインは例の最初の行だけ", bool),
    Option("--whole", "ID", "--brief でも、この要件は例のすべての行（繰り返せる）", many=True),
    Option("--scenarios", "FILE", "このシナリオだけ（1行に一つの番号のファイル）", Path),
    Option(
        "--rerun-failed",
        "DIR",
        "この実行フォルダーで合格しなかったシナリオだけを、同じゲートウェイと住民で",
        Path,
    ),
    Option("--resume", "DIR", "途中で終わった実行の、残りのシナリオを続ける（他の指定は -n だけ）", Path),
    Option("--replay", "DIR", "記録された実行の判定を、記録だけから導き直す", Path, hidden=True),
    Option("--known-failures", "FILE", "既知の不適合のファイル", Path),
    Option("--suggest-known", "", "不合格を、既知の不適合として貼れる形で示す", bool),
    Option("--seed", "N", "住民データの種（省略時は毎回新しい種）", int),
    Option("--run-folder", "DIR", "実行フォルダー（省略時は runs/日時）", Path),
    Option(
        "--standstill-seconds",
        "SECONDS",
        "何も記録されないまま、これだけたてば、止まった所を示して終わる（省略時180秒）",
        float,
        minimum=1.0,
        default=LONGEST_SECONDS,
    ),
    Option(
        "--explore",
        "SECONDS",
        "シナリオの後、誰も考えなかった順序を試す秒数（省略時は、すべてを検証するときに3秒。0で行わない）",
        float,
        minimum=0.0,
    ),
    Option(
        "--thorough",
        "",
        f"標本で済ませているもの（二つ・三つの誤りの組、適法でない照会、業務ログ、値と事務の選び方、操作の順序。報告に一覧）を"
        f"すべて、または引き直して行い、やり取りの種類のそれぞれが{ENOUGH}回（100回に1回の誤りが95%で見つかる）になるまで繰り返す",
        bool,
    ),
    Option("--corpus", "DIR", "前に探索が見つけた順序（renkei explore の JSON）を、初めに行う", Path),
    Option("--faulthandler", "", "30秒ごとに、各プロセスの位置を実行フォルダーの stacks/ に書く", bool),
    Option("--allow-host", "HOST", "検証を許す外部のホスト", many=True),
)
