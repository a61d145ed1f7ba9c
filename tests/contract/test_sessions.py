"""The sessions of all labs keep one contract: a frozen setting, one way out and in, actions that do all or nothing."""

from collections.abc import Callable, Iterator
from dataclasses import FrozenInstanceError, fields, is_dataclass
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

import pytest

from dwmtj_widgets import sessions
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.sessions.contract import Open, Session, Setting, restore
from dwmtj_widgets.sessions.explorer.session import ExplorerSession
from dwmtj_widgets.sessions.maxcut import MaxcutSession, MaxcutSetting
from dwmtj_widgets.sessions.recall import RecallSession
from dwmtj_widgets.sessions.signal.recognition import RecognitionSession
from dwmtj_widgets.sessions.signal.session import SignalSession
from dwmtj_widgets.sessions.snapshot import Fields, from_file, from_query, to_file, to_query
from dwmtj_widgets.sessions.statistics import StatisticsSession
from dwmtj_widgets.tasks.graphs import petersen_graph, random_graph

# How each session is made, and something that it is asked to do with its setting.
SESSIONS: dict[str, tuple[Callable[[], Session[Any]], Callable[[Any], None]]] = {
    "recall": (RecallSession, lambda s: s.set_distortion(0.3, 9)),
    "maxcut": (
        lambda: MaxcutSession(MaxcutSetting(graph=petersen_graph())),
        lambda s: s.set_graph(random_graph(8, 0.5, 2)),
    ),
    "statistics": (StatisticsSession, lambda s: s.change(trials=7, patterns=(2, 3), distortion=0.1)),
    "explorer": (ExplorerSession, lambda s: s.change(trials=5, seed=3)),
    "signal": (SignalSession, lambda s: s.change(gain=1.2)),
    "recognition": (RecognitionSession, lambda s: s.change(kinds=("sine", "triangle"))),
}


@pytest.fixture(params=SESSIONS)
def pair(request: pytest.FixtureRequest) -> Iterator[tuple[Session[Any], Callable[[Any], None]]]:
    make, act = SESSIONS[request.param]
    session = make()
    yield session, act
    close(session)


def close(session: Session[Any]) -> None:
    if isinstance(session, ExplorerSession):
        session.close()


def test_every_kind_of_setting_is_here() -> None:
    for module in walk_packages(sessions.__path__, f"{sessions.__name__}."):
        import_module(module.name)
    made = [make() for make, _act in SESSIONS.values()]
    assert {type(session.setting) for session in made} == set(Setting.__subclasses__())
    for session in made:
        close(session)


def test_a_setting_is_frozen_and_replaced_whole(pair: Any) -> None:
    session, act = pair
    before, shared = session.setting, session.setting.fields()
    assert is_dataclass(before)
    with pytest.raises(FrozenInstanceError):
        setattr(before, fields(before)[0].name, None)
    act(session)
    assert session.setting is not before
    assert before.fields() == shared != session.setting.fields()


@pytest.mark.parametrize(("give", "take"), [(to_file, from_file), (to_query, from_query)])
def test_a_setting_goes_out_and_comes_back(pair: Any, give: Any, take: Any) -> None:
    session, act = pair
    act(session)
    shared, lab = session.setting.fields(), session.setting.lab
    other = type(session)(session.setting) if isinstance(session, MaxcutSession) else type(session)()
    restore(other, take(give(lab, shared), lab))
    assert other.setting.fields() == shared
    assert other.python() == session.python()
    close(other)
    session.apply(Open(other.setting))
    assert session.setting is other.setting


def test_a_refused_setting_leaves_the_session_as_it_was(pair: Any) -> None:
    session, act = pair
    act(session)
    before, lines = session.setting, session.python()
    for damaged in ({**before.fields(), "surplus": 1}, {}):
        with pytest.raises(Refused, match=r"surplus|lacks the field"):
            restore(session, Fields(damaged))
    assert session.setting is before
    assert session.python() == lines
