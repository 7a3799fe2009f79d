"""The day of the whole country as a picture, PNG or SVG."""

from collections.abc import Mapping
from pathlib import Path

import matplotlib as mpl
import matplotlib_fontja
import numpy as np
from matplotlib.figure import Figure

from load.estimate.nationwide import Day

FORMATS = (".png", ".svg")


def plot(days: Mapping[str, Day], path: Path) -> None:
    """One line a day, by its name. The same days give the same bytes of SVG. Raises OSError."""
    matplotlib_fontja.japanize()
    with mpl.rc_context({"svg.hashsalt": "renkei", "svg.fonttype": "path"}):
        figure = Figure(figsize=(10, 7), layout="constrained")
        above, below = figure.subplots(2, 1, sharex=True)
        for name, day in days.items():
            hours = np.arange(len(day.mbps)) / 60
            above.plot(hours, day.mbps, label=name)
            below.plot(hours, day.waiting, label=name)
        above.set_ylabel("全国の合計（Mbps）")
        below.set_ylabel("1秒を超えて待つ回線の数")
        below.set_xlabel("時刻（時）")
        below.set_xlim(0, 24)
        below.set_xticks(range(0, 25, 3))
        for axes in (above, below):
            axes.set_ylim(bottom=0)
            axes.grid(alpha=0.3)
            axes.legend()
        metadata = {"Date": None} if path.suffix == ".svg" else {"Software": None}
        figure.savefig(path, dpi=120, metadata=metadata)
