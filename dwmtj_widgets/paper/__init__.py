"""Each figure and table of the paper, measured here, beside what was printed."""

from dwmtj_widgets.paper.points import Plan as Plan
from dwmtj_widgets.paper.report import FIGURES as FIGURES
from dwmtj_widgets.paper.report import Report as Report
from dwmtj_widgets.paper.report import make_report as make_report
