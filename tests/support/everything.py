"""The one list of every lab, widget and command; a contract that holds for all of them walks it.

`tests/contract/test_everything.py` fails when something of the package is not in the list.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from dwmtj_widgets.labs.explorer.lab import ExplorerLab
from dwmtj_widgets.labs.maxcut.lab import MaxcutLab
from dwmtj_widgets.labs.recall.lab import RecallLab
from dwmtj_widgets.labs.signal.lab import SignalLab
from dwmtj_widgets.labs.statistics.lab import StatisticsLab
from dwmtj_widgets.widgets import controls, entries
from dwmtj_widgets.widgets.editors.graph_editor import GraphEditor
from dwmtj_widgets.widgets.editors.pixel_editor import PixelEditor
from dwmtj_widgets.widgets.editors.waveform_editor import WaveformEditor
from dwmtj_widgets.widgets.page.answer_keeper import AnswerKeeper
from dwmtj_widgets.widgets.page.canvas_shield import CanvasShield
from dwmtj_widgets.widgets.page.clock import AnimationClock
from dwmtj_widgets.widgets.page.copy_text import CopyText
from dwmtj_widgets.widgets.page.file_opener import FileOpener
from dwmtj_widgets.widgets.page.live_region import LiveRegion
from dwmtj_widgets.widgets.page.page_access import PageAccess
from dwmtj_widgets.widgets.page.save_box import SaveBox
from dwmtj_widgets.widgets.page.share_box import GIVEN, TAKEN, ShareBox
from dwmtj_widgets.widgets.plots.curve_plot import CurvePlot
from dwmtj_widgets.widgets.plots.distribution import Distribution
from dwmtj_widgets.widgets.plots.heat_map import HeatMap
from dwmtj_widgets.widgets.plots.histogram import Histogram
from dwmtj_widgets.widgets.plots.raster import Raster
from dwmtj_widgets.widgets.plots.signal_scope import SignalScope
from dwmtj_widgets.widgets.plots.time_plot import TimePlot
from dwmtj_widgets.widgets.views.meters import Meters, PhaseBar
from dwmtj_widgets.widgets.views.neuron_view import NeuronView
from dwmtj_widgets.widgets.views.picture import Picture
from dwmtj_widgets.widgets.views.sphere_field import SphereField
from dwmtj_widgets.widgets.views.track_field import TrackField

LABS: Final[Mapping[str, type]] = {
    "explorer": ExplorerLab,
    "maxcut": MaxcutLab,
    "recall": RecallLab,
    "signal": SignalLab,
    "statistics": StatisticsLab,
}
"""Every lab by its folder."""

NOTEBOOKS: Final = ("recall_lab", "maxcut_lab", "statistics_lab", "signal_lab", "explorer")
"""The pages of the labs."""


def _nothing(*_arguments: object) -> str:
    return ""


WIDGETS: Final[Mapping[type, Callable[[], Any]]] = {
    controls.QuantitySlider: lambda: controls.QuantitySlider(
        "Weight", "V", 0.1, 0.0, 1.0, 0.1, name="weight"
    ),
    entries.FloatSlider: entries.FloatSlider,
    entries.FloatLogSlider: entries.FloatLogSlider,
    entries.IntText: entries.IntText,
    entries.BoundedIntText: entries.BoundedIntText,
    entries.FloatText: entries.FloatText,
    GraphEditor: GraphEditor,
    PixelEditor: PixelEditor,
    WaveformEditor: WaveformEditor,
    AnswerKeeper: lambda: AnswerKeeper("answer", _nothing),
    CanvasShield: CanvasShield,
    AnimationClock: AnimationClock,
    CopyText: CopyText,
    FileOpener: lambda: FileOpener(_nothing, _nothing),
    LiveRegion: LiveRegion,
    PageAccess: PageAccess,
    SaveBox: lambda: SaveBox({"Table": lambda: None}),
    ShareBox: lambda: ShareBox(
        dict.fromkeys(GIVEN, _nothing),
        dict.fromkeys(TAKEN, _nothing),
        keep=lambda: ("file", ""),
        file_name="session.json",
        longest=100,
        refused=_nothing,
    ),
    CurvePlot: CurvePlot,
    Distribution: lambda: Distribution("Times", "s", name="times"),
    HeatMap: HeatMap,
    Histogram: lambda: Histogram("Cuts"),
    Raster: Raster,
    SignalScope: SignalScope,
    TimePlot: lambda: TimePlot("Energy"),
    Meters: lambda: Meters("meters"),
    PhaseBar: PhaseBar,
    NeuronView: NeuronView,
    Picture: Picture,
    SphereField: SphereField,
    TrackField: TrackField,
}
"""Every widget, and every part that has one as `widget`, with what makes it."""

COMMANDS: Final[Mapping[str, tuple[str, ...]]] = {
    "serve": (),
    "recall": (),
    "maxcut": ("graph.txt",),
    "paper": (),
    "sweep": ("--param", "weight=20:400:20"),
    "search": ("--param", "weight=20:400"),
    "signal generate": (),
    "signal recognise": (),
    "spice": (),
    "warmup": (),
    "check": (),
}
"""Every command, and what it does not begin without."""
