"""The figures of a load run, as SVG and PNG: arrivals, the line, latency over time and by percentile, the queue."""

import io
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

import matplotlib as mpl
import matplotlib_fontja
import numpy as np
from hdrh.histogram import HdrHistogram
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, LogLocator, NullLocator

from harness.languages.choice import Tell, in_japanese
from harness.record.fields import mapping
from harness.record.load_run import SERIES, LoadRun, number

_STYLES = ("-", "--", "-.", ":")  # beside the colours, for whoever sees none
_COLOURS = ("#0072b2", "#d55e00", "#009e73", "#56565a")  # Okabe–Ito: told apart by the colour-blind
_SIZE = (9.0, 3.2)  # inches
_NINES = (0.0, 50.0, 90.0, 99.0, 99.9, 99.99, 99.999)
_SIDES = (("up", "上り（団体 → ネットワーク）"), ("down", "下り（ネットワーク → 団体）"))


def figures(
    run: LoadRun, tell: Tell = in_japanese, kinds: Sequence[str] = ("svg", "png")
) -> dict[str, dict[str, bytes]]:
    """Name → kind → content; those for which something was measured. The same run gives the same SVG."""
    matplotlib_fontja.japanize()
    found = {}
    with mpl.rc_context({"svg.hashsalt": "renkei", "svg.fonttype": "path", "font.size": 9}):
        for name, draw in _DRAWN.items():
            figure = Figure(figsize=_SIZE, layout="constrained")
            axes = figure.subplots()
            if draw(axes, run):
                _translate(axes, tell)
                axes.grid(alpha=0.3)
                axes.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0), frameon=False)
                found[name] = {kind: _as(figure, kind) for kind in kinds}
    return found


def _translate(axes: Axes, tell: Tell) -> None:
    axes.set_xlabel(tell(axes.get_xlabel()))
    axes.set_ylabel(tell(axes.get_ylabel()))
    for handle, label in zip(*axes.get_legend_handles_labels(), strict=True):
        handle.set_label(tell(label))


def _as(figure: Figure, kind: str) -> bytes:
    file = io.BytesIO()
    metadata: dict[str, object] = {"Date": None} if kind == "svg" else {"Software": None}
    figure.savefig(file, format=kind, dpi=120, metadata=metadata)
    return file.getvalue()


def _arrivals(axes: Axes, run: LoadRun) -> bool:
    names = {"planned": "予定", "sent": "送信", "answered": "応答", "dropped": "送れず"}
    for (name, title), style, colour in zip(names.items(), _STYLES, _COLOURS, strict=True):
        axes.plot(_seconds(run), _column(run, name), style, color=colour, label=title, linewidth=1.2)
    errors = _column(run, "errors")
    if np.nansum(errors):
        there = errors > 0
        axes.plot(_seconds(run)[there], errors[there], "x", color="#b00020", label="誤り", markersize=4)
    axes.set_ylabel("毎秒の件数")
    return _over_time(axes, run)


def _line(axes: Axes, run: LoadRun) -> bool:
    line = mapping(run.first.get("line"))
    rate = number(line.get("kbps"))
    if rate is None:
        return False
    for (side, title), style, colour in zip(_SIDES, _STYLES, _COLOURS, strict=False):
        kbps = _column(run, f"{side}_bytes") * 8 / 1000
        axes.plot(_seconds(run), kbps, style, color=colour, label=title, linewidth=1.2)
    axes.axhline(rate, color="#b00020", linestyle=":", label=f"回線 {rate:,g} kbps")
    for number_, cut in enumerate(_cuts(line.get("cuts"))):
        axes.axvspan(*cut, alpha=0.15, color="#b00020", label="切断" if not number_ else None)
    axes.set_ylabel("kbps")
    # What was released after the load is no throughput of this line.
    axes.set_ylim(0, rate * 1.3)
    return _over_time(axes, run)


def _cuts(value: object) -> list[tuple[float, float]]:
    """Begin and end of each."""
    return [(float(begin), float(end)) for begin, end in value] if isinstance(value, list) else []


def _latency(axes: Axes, run: LoadRun) -> bool:
    names = {"p50_ms": "50%", "p95_ms": "95%", "p99_ms": "99%", "max_ms": "最大"}
    some = False
    for (name, title), style, colour in zip(names.items(), reversed(_STYLES), _COLOURS, strict=True):
        column = _column(run, name)
        some = some or bool(np.isfinite(column).any())
        axes.plot(_seconds(run), column, style, color=colour, label=title, linewidth=1.2)
    _in_powers(axes)
    axes.set_ylabel("応答（ms）")
    return _over_time(axes, run) and some


def _percentiles(axes: Axes, run: LoadRun) -> bool:
    """As HdrHistogram's own plots: each step to the right is ten times rarer."""
    drawn = False
    for (name, title), style, colour in zip(SERIES.items(), _STYLES, _COLOURS, strict=True):
        if (curve := _curve(mapping(run.histograms.get(name)))) is not None:
            axes.plot(*curve, style, color=colour, label=title, linewidth=1.2)
            drawn = True
    axes.set_xscale("log")
    _in_powers(axes)
    axes.set_xticks([1 / (1 - nines / 100) for nines in _NINES], [f"{nines:g}%" for nines in _NINES])
    axes.minorticks_off()
    axes.set_xlabel("この割合まで")
    axes.set_ylabel("ms")
    return drawn


def _curve(entry: Mapping[str, Any]) -> tuple[list[float], list[float]] | None:
    """(1 ÷ (1 − p), ms), as fine as there are values; None where the histogram cannot be read, or is empty."""
    try:
        histogram = HdrHistogram.decode(str(entry["hdr"]))
    except Exception:  # the library raises whatever its decoder met
        return None
    count = histogram.get_total_count()
    if not count:
        return None
    parts = np.geomspace(1.0, max(count, 2), 200)
    percentiles = [float(100 - 100 / part) for part in parts]
    found = histogram.get_percentile_to_value_dict(
        percentiles
    )  # one pass; one for each took longer than drawing
    return list(parts), [found[percentile] / 1000 for percentile in percentiles]


def _queue(axes: Axes, run: LoadRun) -> bool:
    if not mapping(run.first.get("line")):
        return False
    for (side, title), style, colour in zip(_SIDES, _STYLES, _COLOURS, strict=False):
        kb = _column(run, f"{side}_queued") / 1000
        axes.plot(_seconds(run), kb, style, color=colour, label=title, linewidth=1.2)
    axes.set_ylabel("回線を待つ KB")
    axes.set_ylim(bottom=0)
    return _over_time(axes, run)


_DRAWN: Final[Mapping[str, Callable[[Axes, LoadRun], bool]]] = MappingProxyType(
    {
        "load-arrivals": _arrivals,
        "load-line": _line,
        "load-latency": _latency,
        "load-percentiles": _percentiles,
        "load-queue": _queue,
    }
)


def _over_time(axes: Axes, run: LoadRun) -> bool:
    """All figures show the same time."""
    axes.set_xlabel("秒")
    last = np.nanmax(_seconds(run), initial=0.0)
    axes.set_xlim(-0.02 * (last + 1), 1.02 * (last + 1))
    return bool(run.seconds)


def _in_powers(axes: Axes) -> None:
    """A logarithmic axis with numbers as people write them."""
    axes.set_yscale("log")
    axes.yaxis.set_major_locator(LogLocator(subs=(1.0, 2.0, 5.0)))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,g}"))
    axes.yaxis.set_minor_locator(NullLocator())


def _seconds(run: LoadRun) -> "np.ndarray[Any, Any]":
    return _column(run, "second")


def _column(run: LoadRun, name: str) -> "np.ndarray[Any, Any]":
    """One value a second, NaN where there is none."""
    return np.array([_or_nan(number(second.get(name))) for second in run.seconds], dtype=float)


def _or_nan(value: float | None) -> float:
    return float("nan") if value is None else value
