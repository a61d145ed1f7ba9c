"""The Explorer's session without a page: what a sweep costs, keeps, and gives as Python."""

from threading import Event
from types import MappingProxyType

import numpy as np
import pytest
from visitors.explorer import SMALL

from dwmtj_widgets.explore import Sweep, run_sweep
from dwmtj_widgets.explore.trials import COLUMNS, measured
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.sessions.explorer.cost import Budget, budget_here
from dwmtj_widgets.sessions.explorer.quantities import range_text, text
from dwmtj_widgets.sessions.explorer.ranges import Range
from dwmtj_widgets.sessions.explorer.session import ExplorerSession
from dwmtj_widgets.sessions.trial import trial_lines


class CancelAfter(Event):
    """Says so after it has been asked a number of times."""

    def __init__(self, asks: int) -> None:
        super().__init__()
        self._left = asks

    def is_set(self) -> bool:
        self._left -= 1
        if self._left <= 0:
            self.set()
        return super().is_set()


def rows_of(sweep: Sweep) -> np.ndarray:
    return run_sweep(sweep).rows


def test_stopped_and_gone_on_with_it_is_the_uninterrupted_sweep(session: ExplorerSession) -> None:
    session.change(trials=150)
    session.begin()
    session.work(CancelAfter(5))
    done = session.done
    assert 0 < done < 1350
    assert not session.finished
    session.more()
    session.work(Event())
    assert session.finished and session.done == 1350
    assert session.reading is not None and session.result is not None
    np.testing.assert_array_equal(session.result.rows, rows_of(session.planned))
    np.testing.assert_array_equal(session.reading.columns["edp"], session.result.statistics()["edp"])


def test_a_finer_grid_and_more_trials_keep_what_is_there(session: ExplorerSession) -> None:
    session.begin()
    session.work(Event())
    coarse = session.result
    assert coarse is not None
    session.change(task="max_cut")  # what is typed meanwhile has no part in it
    session.finer()
    assert session.planned.shape == (5, 5)
    assert session.recalls_wanted() == (25 - 9) * 6
    session.work(Event())
    fine = session.result
    assert fine is not None
    np.testing.assert_array_equal(fine.rows.reshape(5, 5, 6, -1)[::2, ::2], coarse.rows.reshape(3, 3, 6, -1))
    session.more()
    assert session.planned.trials == 24
    assert session.recalls_wanted() == 25 * 18
    session.work(Event())
    assert session.result is not None and session.result.complete
    np.testing.assert_array_equal(session.result.rows[:, :6], fine.rows)


def test_a_grid_that_can_be_no_finer_is_refused_and_the_settings_stay(session: ExplorerSession) -> None:
    session.change(x=Range("weight", 0.05, 0.15, 40), y=Range("charge_voltage", 0.05, 0.15, 40), trials=1)
    session.begin()
    before = session.setting
    with pytest.raises(Refused, match="as fine as the page can show"):
        session.finer()
    assert session.setting is before


def test_a_sweep_that_was_left_is_gone_on_with_when_one_comes_back(session: ExplorerSession) -> None:
    session.begin()
    session.work(Event())
    session.change(seed=7)
    session.begin()
    session.work(Event())
    session.change(seed=0)
    session.begin()
    assert session.reading is None
    session.work(Event())
    assert session._done == session._before == 54, "trials were made again"


def test_where_others_share_the_computer_a_sweep_ends_by_itself() -> None:
    session = ExplorerSession(Budget(recalls=20, seconds=60.0))
    session.change(**{**SMALL, "trials": 4000})
    session.begin()
    session.work(Event())
    assert session.out_of_budget
    assert 20 <= session.done < 36_000
    with pytest.raises(Refused, match=r"20 recalls or 1 minutes, which is what this public Binder gives"):
        session.more()
    with pytest.raises(Refused, match="nothing bounds it"):
        session.finer()
    session.change(seed=1)
    session.begin()  # another sweep has a budget of its own
    session.close()


def test_binder_is_known_by_what_it_sets() -> None:
    assert budget_here({"HOME": "x"}) is None
    for name in ("BINDER_LAUNCH_HOST", "BINDER_REQUEST", "BINDER_SERVICE_HOST"):
        assert budget_here({name: "x"}) == Budget(20_000, 120.0)


def test_the_estimate_grows_with_the_work_and_learns(session: ExplorerSession) -> None:
    assert session.recalls_wanted() == 54
    small = session.seconds_wanted()
    session.change(trials=60)
    assert session.seconds_wanted() == pytest.approx(10 * small)
    session.change(fixed=MappingProxyType({"neurons": 9, "spread": 0.05}))
    assert session.seconds_wanted() > 50 * small
    session.change(fixed=SMALL["fixed"])
    session._pace.learn([(session.planned.points[0], 100)], 1000.0)
    assert session.seconds_wanted() == pytest.approx(54 * 10 * 10.0)


def test_trials_of_a_point_are_known_by_number(session: ExplorerSession) -> None:
    with pytest.raises(Refused, match="press Start"):
        session.row(0, 0)
    session.change(x=Range("patterns", 1, 5, 5), y=None, trials=40, fixed=MappingProxyType({"neurons": 9}))
    session.begin()
    session.work(Event())
    result = session.result
    assert result is not None
    failed = np.flatnonzero(result.rows[4, :, COLUMNS.index("success")] == 0.0)
    assert 2 <= len(failed) < 40
    assert session.next_failed(4, -1) == failed[0]
    assert session.next_failed(4, int(failed[0])) == failed[1]
    assert session.next_failed(4, int(failed[-1])) == failed[0]
    point = session.planned.points[4]
    assert tuple(session.row(4, 3).values()) == measured(point, 0, 3)
    with pytest.raises(Refused, match="Trial 40 of this point has not been made; there are 0 to 39"):
        session.row(4, 40)


def test_the_python_lines_repeat_sweep_and_trial_to_the_bit(session: ExplorerSession, capsys) -> None:
    pytest.importorskip("xarray")
    session.change(fixed=MappingProxyType({"neurons": 9, "open": 0.1}))
    session.begin()
    session.work(Event())
    assert session.result is not None
    names: dict = {}
    exec(session.shown.lines(), names)
    np.testing.assert_array_equal(names["result"].rows, session.result.rows)
    names = {}
    exec(trial_lines(session.shown.points[5], 0, 2), names)
    row = session.row(5, 2)
    assert (names["run"].time, float(names["run"].energy)) == (row["time"], row["energy"])
    assert str(row["time"]) in capsys.readouterr().out


def test_numbers_have_units() -> None:
    assert text("edp_estimate", 1.27e-16) == "127 aJ s"
    assert text("accuracy", 0.987) == "98.7%"
    assert text("time", float("nan")) == "–"
    assert range_text("time", 8e-8, 8.25e-8) == "80 to 82.5 ns"
    assert range_text("success", 0.9, 1.0) == "90 to 100%"
    assert range_text("time", float("nan"), 1.0) == "–"
