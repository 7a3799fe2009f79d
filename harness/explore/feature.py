"""A failure as a scenario that can be put among one's own features."""

from harness.catalogue.requirements import all_requirements
from harness.explore.found import Found
from harness.explore.story import COLUMNS
from harness.explore.vocabulary import RESTART

_AFTER = "南側の要求のすべてに応答があり、その正しさは全記録について判断する"


def to_feature(found: Found) -> str:
    """A whole feature. What a step cannot do is said above it."""
    requirement = found.violation.requirement
    kills = any(op.name == RESTART for op in found.story.ops)
    lines = [
        "# language: ja",
        "機能: 探索が見つけた失敗",
        *(
            ["  # シナリオはゲートウェイを再起動しない。再起動も含めて行うには renkei replay を使う。"]
            if kills
            else []
        ),
        "",
        f"  @機能:探索 @要件:{requirement}",
        f"  シナリオ: 探索が見つけた順序で、{all_requirements()[requirement].ja}",
        f"    もし 種 {found.seed} の値で、次の操作を行う",
        *(f"      | {' | '.join(row)} |" for row in (COLUMNS, *found.story.rows())),
        f"    ならば {_AFTER}",
    ]
    return "\n".join(lines) + "\n"
