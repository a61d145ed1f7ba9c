"""Exploration: sweeps over any settings, on threads, processes or a cluster; search; variation and yield.

    >>> from dwmtj_widgets.explore import Sweep, linear, run_sweep
    >>> sweep = Sweep("random_recall", {"weight": linear(0.02, 0.4, 4)}, trials=3, fixed={"neurons": 8})
    >>> run_sweep(sweep).statistics()["time"].shape
    (4,)

A sweep with a folder resumes there after any interruption. `Result.dataset` needs xarray (the extra
``explore``), a Zarr store needs Zarr (``zarr``), a cluster Dask (``cluster``), and `run_search` Optuna (``search``).

Ten million trials of random recall with 60 neurons take about 1.75 hours of CPU time, which is an hour on two cores,
420 MB of disk and 410 MB of memory. Chips, whose devices are simulated one by one, take 200 times as long and need a
cluster. On more than four cores processes or a cluster are faster than threads.
"""

from dwmtj_widgets.explore.knobs import TASKS as TASKS
from dwmtj_widgets.explore.knobs import Knob as Knob
from dwmtj_widgets.explore.knobs import defaults_of as defaults_of
from dwmtj_widgets.explore.knobs import knobs_of as knobs_of
from dwmtj_widgets.explore.quantities import QUANTITIES as QUANTITIES
from dwmtj_widgets.explore.result import Least as Least
from dwmtj_widgets.explore.result import Result as Result
from dwmtj_widgets.explore.running import load_sweep as load_sweep
from dwmtj_widgets.explore.running import run_sweep as run_sweep
from dwmtj_widgets.explore.searching import Design as Design
from dwmtj_widgets.explore.searching import Found as Found
from dwmtj_widgets.explore.searching import Search as Search
from dwmtj_widgets.explore.searching import run_search as run_search
from dwmtj_widgets.explore.sweep import Sweep as Sweep
from dwmtj_widgets.explore.sweep import linear as linear
from dwmtj_widgets.explore.sweep import logarithmic as logarithmic
from dwmtj_widgets.explore.sweep import stepped as stepped
from dwmtj_widgets.explore.trials import Point as Point
from dwmtj_widgets.explore.trials import Trial as Trial
from dwmtj_widgets.explore.trials import trial_of as trial_of
