"""Measurements of each figure and table of the paper, compared with the printed numbers."""

from dwmtj_widgets.paper.points import Plan as Plan
from dwmtj_widgets.paper.report import FIGURES as FIGURES
from dwmtj_widgets.paper.report import Report as Report
from dwmtj_widgets.paper.report import make_report as make_report
