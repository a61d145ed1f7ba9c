"""Series of trials, whatever a trial is: the table that they fill, and who runs them, threads, processes or a cluster.

A trial is known by its point and its number, and draws from a seed made of these alone. So nothing here has a part in
what is measured: neither the order of the trials, nor who runs them, nor an interruption.
"""

from dwmtj_widgets.trials.running import Measure as Measure
from dwmtj_widgets.trials.running import in_turn as in_turn
from dwmtj_widgets.trials.running import run_trials as run_trials
from dwmtj_widgets.trials.table import TrialTable as TrialTable
