"""The smallest sweep and the smallest report that have everything in them."""

from dwmtj_widgets.explore import Sweep
from dwmtj_widgets.paper import Plan

SMALL = Sweep(
    "random_recall",
    {"weight": (0.05, 0.1, 0.2), "charge_voltage": (0.1, 0.25)},
    trials=7,
    seed=3,
    fixed={"neurons": 9},
)
TINY = Plan(seed=3, quick=True, recall=4, heavy=6, image=2, max_cut=2)
VERSION = "test"
