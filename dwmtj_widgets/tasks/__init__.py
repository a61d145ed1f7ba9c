"""Tasks for a network and the judgement of their results. No Jupyter."""

from dwmtj_widgets.tasks.patterns import DEFAULT_MEMORIES as DEFAULT_MEMORIES
from dwmtj_widgets.tasks.patterns import SYMBOLS as SYMBOLS
from dwmtj_widgets.tasks.recall import judge as judge
from dwmtj_widgets.tasks.recall import recall_image as recall_image
