"""The dashboards: each joins a simulation to views. Displaying a lab shows its page."""

from dwmtj_widgets.labs.maxcut_lab import MaxcutLab as MaxcutLab
from dwmtj_widgets.labs.recall_lab import RecallLab as RecallLab
