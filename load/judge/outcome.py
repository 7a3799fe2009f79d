"""What a load run comes to: conformance, whether the generator kept its schedule, and the gates: one verdict, one exit code."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from harness.catalogue.load import gate_kinds
from harness.catalogue.verdicts import Exit, Verdict
from load.judge.effort import LATE_MS as NETWORK_LATE_MS
from load.judge.gates import Judged
from load.judge.reconciliation import Judgement
from load.judge.watching import LATE_MS, Watch
from load.line.calibration import LIMIT
from load.send.latency import Latency, Series

INTERRUPTED = "中断した"
_STUMBLES = 3  # own: requests that may be late in any run: in a short one they are more than one in a hundred


@dataclass(frozen=True)
class LoadOutcome:
    """Of the whole run."""

    exit: Exit
    verdict: Verdict
    code: str = ""
    observed: str = ""
    expected: str = ""

    def to_entry(self) -> dict[str, object]:
        """As the last entry of the journal has it."""
        told = {name: getattr(self, name) for name in ("verdict", "code", "observed", "expected")}
        return {"exit_code": int(self.exit), **told}


@dataclass(frozen=True)
class Measured:
    """What the gates are judged by. latency: of the generator, by series; utilisation: of the busier direction of the line,
    over the planned time, None where there is no line; errors: as of a kind (load.judge.kinds); network_late_ms:
    None where the mocked network was not late (load.judge.effort); line_error: None where the line kept its rate."""

    watch: Watch
    latency: Mapping[Series, Latency]
    utilisation: float | None
    errors: int
    network_late_ms: float | None = None
    line_error: float | None = None

    def observed(self) -> dict[str, float | None]:
        """Gate → value."""
        watch, response = self.watch, self.watch.response
        return {
            "p50_ms": response.ms(50),
            "p95_ms": response.ms(95),
            "p99_ms": response.ms(99),
            "p999_ms": response.ms(99.9),
            "acceptance_p99_ms": self._p99(Series.ACCEPTANCE),
            "error_ratio": self.errors / watch.sent if watch.sent else None,
            "achieved_rate": watch.in_time / watch.to_answer if watch.to_answer else None,
            "dropped": watch.dropped,
            "lag_p99_ms": self._p99(Series.LAG),
            "line_utilisation": self.utilisation,
        }

    def _p99(self, series: Series) -> float | None:
        return self.latency[series].ms(99) if series in self.latency else None


def outcome(judgement: Judgement, gates: Sequence[Judged], measured: Measured, stopped: str) -> LoadOutcome:
    """What is wrong with the answers weighs most: it is wrong at any rate. Then: a load that was not the planned one proves
    nothing. Then the gates: to miss one beside a mocked network that is late itself proves nothing. Whoever interrupts a
    run learns no more than whether something was wrong until then."""
    if judgement.verdict == Verdict.FAIL:
        told = judgement.code, judgement.observed, judgement.expected
        return LoadOutcome(Exit.DOES_NOT_CONFORM, Verdict.FAIL, *told)
    if stopped == INTERRUPTED:
        return _unmeasured(stopped)
    missed = [gate for gate in gates if gate.met is False]
    if fault := _fault_of_bench(measured, missed, stopped=bool(stopped)):
        return LoadOutcome(Exit.INCONCLUSIVE, Verdict.INCONCLUSIVE, *fault)
    if missed:
        observed = "、".join(f"{gate.name} {gate.observed:,.3f}" for gate in missed)
        expected = "、".join(f"{gate.name} {gate.limit:,.3f}" for gate in missed)
        return LoadOutcome(Exit.LOAD_GATE, Verdict.FAIL, "GATE_MISSED", observed, expected)
    return _kept(judgement, gates, stopped)


def not_believed(altered: str) -> LoadOutcome:
    """Somebody else has written into the record: whatever it shows, it is not what was measured."""
    observed = f"判定はできない。記録が書き換えられた（{altered}）"
    expected = "記録は、それを書いた検証台だけのもの。実行フォルダーに書いたものを除き、初めから実行する"
    return LoadOutcome(Exit.BENCH_ERROR, Verdict.INCONCLUSIVE, "BENCH_ERROR", observed, expected)


def _fault_of_bench(
    measured: Measured, missed: Sequence[Judged], *, stopped: bool
) -> tuple[str, str, str] | None:
    """(code, observed, expected) of what makes the load another than the planned one, or a missed gate nobody's."""
    if late := _late(measured, stopped=stopped):
        return "GENERATOR_LATE", late, f"{LATE_MS:g} ms を超えて遅れるのは100件に1件まで、予定のすべてを送る"
    if measured.line_error is not None:
        return "LINE_INEXACT", f"誤差 {measured.line_error:+.2%}", f"誤差 {LIMIT:.0%} 以内"
    for gate in missed:
        if late := _late_itself(gate, measured.watch):
            return "GENERATOR_LATE", late, f"ゲートと同じ割合で、予定からの遅れが {LATE_MS:g} ms 以内"
    if missed and measured.network_late_ms is not None:
        observed = f"10回に1回は、応えるまで {measured.network_late_ms:,.0f} ms 以上"
        return "NETWORK_LATE", observed, f"10回に9回は {NETWORK_LATE_MS:g} ms 未満"
    return None


def _kept(judgement: Judgement, gates: Sequence[Judged], stopped: str) -> LoadOutcome:
    """Nothing is wrong and no gate was missed: is everything known?"""
    if judgement.verdict != Verdict.PASS:
        told = judgement.code, judgement.observed, judgement.expected
        return LoadOutcome(Exit.INCONCLUSIVE, Verdict.INCONCLUSIVE, *told)
    unknown = [gate.name for gate in gates if gate.met is None]
    if unknown or stopped:
        return _unmeasured(stopped or f"測っていない: {'、'.join(unknown)}")
    return LoadOutcome(Exit.CONFORMS, Verdict.PASS)


def _unmeasured(observed: str) -> LoadOutcome:
    return LoadOutcome(Exit.INCONCLUSIVE, Verdict.INCONCLUSIVE, "NOT_MEASURED", observed, "終わりまでの測定")


def _late_itself(gate: Judged, watch: Watch) -> str:
    """Was the generator late in the very part of the arrivals that missed the gate? Empty where it was not."""
    kind = gate_kinds().get(gate.name)
    quantile = kind.quantile if kind and kind.series != Series.LAG else None
    late = watch.lag.ms(quantile * 100) if quantile and watch.late > _STUMBLES else None
    return (
        f"{gate.name} と同じ割合での予定からの遅れが {late:,.1f} ms"
        if late is not None and late > LATE_MS
        else ""
    )


def _late(measured: Measured, *, stopped: bool) -> str:
    """Why the load was not the planned one; empty where it was. Who was told to stop does not send the rest."""
    watch = measured.watch
    unsent = len(watch.planned) - watch.sent - watch.dropped
    if unsent > 0 and not stopped:
        return f"予定 {len(watch.planned):,} 件のうち {unsent:,} 件を送っていない"
    # By the sent log: the histograms of workers that were killed do not come.
    if watch.late <= max(_STUMBLES, 0.01 * watch.sent):
        return ""
    said = f"{watch.sent:,} 件のうち {watch.late:,} 件が、予定より {LATE_MS:g} ms を超えて遅れた"
    return f"{said}（遅れの99%が {watch.lag.ms(99) or 0.0:,.1f} ms）"
