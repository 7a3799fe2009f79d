"""Why a run's verdict is what it is, and what it does not say: for every reader the same sentences."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from harness.catalogue.findings import findings
from harness.catalogue.requirements import Requirement, requirements
from harness.catalogue.verdicts import Exit, Verdict
from harness.contract.journal import FILE_NAME as JOURNAL
from harness.contract.texts import one_line
from harness.languages.choice import Tell, in_japanese
from harness.record.conclusion import BENCH_ERROR, Assessment
from harness.record.values import UNFINISHED, Meta, Run

# What the verdict of a run says, and what it does not.
MEANS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "適合": "検査した必須の要件に、満たしていないものも、判定できないものもない。検査しなかったことと、対象外の要件については何も言わない。",
        "不適合": "検査した必須の要件に、満たしていないものがある。既知の不適合も、満たしていないものに数える。",
        "判定不能": "検証環境の誤り、中断、実行されなかった検査などのため、適合とも不適合とも言えない。",
    }
)
_LINES = 10  # numbers of lines that cannot be read
_BROKEN = 2000
_CODE = 120  # characters of a code that is none of ours
_GATEWAY = 300


def reasons(assessment: Assessment) -> Iterator[str]:
    """Why the verdict is what it is, and what it does not say."""
    run = assessment.run
    unmet = [r for r in assessment.results if r.mandatory and r.verdict in (Verdict.FAIL, Verdict.KNOWN)]
    if unmet:
        yield f"必須の要件のうち {len(unmet)}件を満たしていない。"
    if assessment.exit == Exit.CONFORMS:
        yield f"検査した必須の要件をすべて満たしている（実行した検査 {assessment.executed}件）。"
    if any(s.outcome.code == BENCH_ERROR for s in run.scenarios):
        yield "検証環境の誤りのため、ゲートウェイについて判定できない検査がある。"
    yield from _about_known(assessment)
    if run.meta.brief:
        yield "アウトラインの例の一部だけを実行した結果である（--brief）。"
    if sentence := damage(run):
        yield sentence
    yield from _about_the_end(assessment)
    yield from _about_choice(run.meta)


def _about_choice(meta: Meta) -> Iterator[str]:
    """What whoever started the run chose; what the statement leaves out is no choice of theirs."""
    if meta.rerun:
        yield f"実行 {one_line(meta.rerun.run_id, _CODE)} で合格しなかったシナリオを、もう一度実行した結果である。"
        if not meta.rerun.same_gateway:
            earlier, now = (one_line(gateway, _GATEWAY) for gateway in (meta.rerun.gateway, meta.gateway))
            yield f"その実行と違うゲートウェイを検証した（その実行 {earlier}、この実行 {now}）。"
    elif meta.partner:
        other = one_line(meta.partner.gateway, _GATEWAY)
        yield f"二つのゲートウェイを向かい合わせて、互いに照会と連絡をさせた結果である（向かい側 {other}）。"
        return
    elif meta.narrowed:
        yield "シナリオを選んで実行した結果である。"
    if 0 < len(meta.selected) < len(requirements()):
        yield f"要件を選んで実行した結果である（要件カタログ {len(requirements())}件のうち {len(meta.selected)}件）。"
    elif meta.chosen:
        yield "要件又はユースケースを選んで実行した結果である。"


def damage(run: Run) -> str:
    """What its record lacks and where, in one sentence; empty for one that is whole."""
    if not run.damaged:
        return ""
    numbers = "、".join(map(str, run.unreadable[:_LINES])) + ("…" if len(run.unreadable) > _LINES else "")
    place = f"。{JOURNAL} の {numbers} 行目" if numbers else ""
    return f"実行の記録が損なわれている（読めない行、欠けた記録 {run.damaged}件{place}）。"


def _about_the_end(assessment: Assessment) -> Iterator[str]:
    end = assessment.run.end
    if end and end.broken:
        yield one_line(end.broken, _BROKEN)
    if not assessment.complete:
        yield "実行が最後まで終わっていない。以下は記録が残っている範囲の結果である。"
    if not assessment.executed:
        yield "実行した検査が一つもない。"


def _about_known(assessment: Assessment) -> Iterator[str]:
    if assessment.wrong_known_failures:
        yield f"既知の不適合の一覧に、改めるべきものが {len(assessment.wrong_known_failures)}件ある。"
    elif assessment.known_failures and not any(
        s.outcome.verdict == Verdict.FAIL for s in assessment.run.scenarios
    ):
        yield "新しい不合格はない。既知の不合格は、適合とは数えない。"


def where(requirement: Requirement) -> str:
    """責任分解点 and function; the name of a log says its block already."""
    block, function = requirement.block, requirement.function
    return function if block in function else f"{block} {function}"


def heading(code: str, tell: Tell = in_japanese) -> str:
    """What a code of a check means, with the code itself."""
    if code == UNFINISHED:
        return tell("シナリオが終わりまで実行されていない")
    finding = findings().get(code)
    return tell(f"{finding.ja}（{code}）") if finding else one_line(code, _CODE)
