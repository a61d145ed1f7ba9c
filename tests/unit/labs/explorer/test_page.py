"""The Explorer's page: limits of a shared computer, Stop, and its end."""

import pytest
from ipywidgets.widgets.widget import _instances
from visitors.explorer import PATIENCE, SMALL, run, sentence
from visitors.lab import find

from dwmtj_widgets.labs import ExplorerLab
from dwmtj_widgets.sessions.explorer.cost import Budget


def test_on_binder_the_page_says_what_a_sweep_may_cost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BINDER_SERVICE_HOST", "10.0.0.1")
    lab = ExplorerLab()
    assert "ends by itself after 20,000 recalls or 2 min" in lab.controls.cost.value
    lab.session.budget = Budget(recalls=5, seconds=60.0)
    lab._change(**{**SMALL, "trials": 4000})
    run(lab)
    assert "budget spent" in lab.progress.value
    lab.more()
    assert "which is what this public Binder gives to one" in sentence(lab)
    lab.close()


def test_stop_keeps_what_is_there(lab: ExplorerLab) -> None:
    lab._change(trials=4000)
    lab.start()
    assert not lab.stop_button.disabled and lab.start_button.disabled
    lab.stop()
    lab.work.wait(PATIENCE)
    done = lab.session.done
    assert done < 36_000
    assert "stopped" in lab.progress.value
    assert lab.continue_button.description == "Continue" and not lab.continue_button.disabled


def test_a_closed_lab_leaves_nothing_behind() -> None:
    def used() -> set[str]:
        return set(_instances)

    ExplorerLab().close()  # what all labs share is made once
    before = used()
    lab = ExplorerLab()
    lab._change(**{**SMALL, "trials": 1})
    run(lab)
    lab._point_chosen(2)
    find(lab.widget, "open-run").click()
    lab.run.leave()
    find(lab.widget, "open-run").click()
    folder = lab.session._folders.name
    lab.close()
    left = {key: _instances[key] for key in used() - before}
    assert left == {}
    with pytest.raises(FileNotFoundError):
        open(folder)  # noqa: PTH123, SIM115 - it is gone
