"""Series of trials of any kind: the table of their rows, and their execution in threads, processes or a cluster.

The point and the number of a trial determine its random numbers. Results therefore depend neither on the order of the
trials, nor on the workers, nor on interruptions.
"""

from dwmtj_widgets.trials.running import Measure as Measure
from dwmtj_widgets.trials.running import in_turn as in_turn
from dwmtj_widgets.trials.running import run_trials as run_trials
from dwmtj_widgets.trials.table import TrialTable as TrialTable
