"""Searches that end early: by work, time or Ctrl-C, with what was found so far and its bound."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager

import numpy as np
import pandas as pd
import pytest

from evenground.cli import site_search
from evenground.cli.site_search import Patience, search
from evenground.methods.siting import Progress
from evenground.workspace.one_siting import OBJECTIVES

N, M, UNITS = 400, 120, 12
ASKED = (
    "site", "--demand", "demand.csv", "--candidates", "sites.csv", "--units", UNITS, "--crs",
    "EPSG:3006",
)  # fmt: skip


@pytest.fixture
def files(folder):
    rng = np.random.default_rng(7)
    for name, size in (("demand", N), ("sites", M)):
        x, y = rng.random((2, size)) * 10_000 + [[600_000], [6_500_000]]
        frame = pd.DataFrame({"id": np.arange(size), "x": x, "y": y})
        if name == "demand":
            frame["weight"] = rng.integers(1, 100, size)
            frame["group"] = rng.choice(["one", "two", "three"], size)
        frame.to_csv(folder / f"{name}.csv", index=False)
    return folder


@pytest.mark.parametrize(
    ("words", "why"), [(("--work-limit", 1), "work"), (("--time-limit", 0), "time")]
)
def test_what_was_found_so_far_has_a_bound(files, told, invoke, words, why):
    found = told(*ASKED, *words)
    assert found["status"] == "gap"
    assert found["stopped_by"] == why
    assert len(found["sites"]) == UNITS
    assert found["bound"] < found["objective"]
    gap = (found["objective"] - found["bound"]) / found["objective"]
    assert found["gap"] == pytest.approx(gap)
    text = invoke(*ASKED, *words)
    assert f"--{why}-limit" in text
    assert "proven" not in text.split("\n\n")[0].replace("not proven", "")


def test_a_gap_may_be_near_enough(files, told):
    found = told(*ASKED, "--gap", 0.5)
    assert found["gap"] <= 0.5
    assert found["stopped_by"] in {"gap", None}


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_every_objective_can_end_early(files, told, objective):
    asked = (*ASKED, "--objective", objective, "--groups", "group")
    found = told(*asked, "--work-limit", 1, *(["--radius", 400] * (objective == "max-coverage")))
    first, bound = np.atleast_1d(found["objective"])[0], np.atleast_1d(found["bound"])[0]
    if found["status"] == "gap":
        assert found["stopped_by"] == "work"
        assert found["gap"] > 0
        assert bound > first if found["more_is_better"] else bound < first
    else:
        assert found["bound"] == found["objective"]


def test_who_watches_sees_the_gap(monkeypatch):
    shown = []

    @contextmanager
    def watched():
        yield lambda _done, what: shown.append(what)

    monkeypatch.setattr(site_search, "progress", watched)
    with search(Patience()) as (effort, _):
        effort.progress(Progress(objective=200.0, bound=190.0, work=7))
        effort.progress(Progress(objective=200.0, bound=199.0, work=8))  # too soon to be shown
    assert shown == ["200, bound 190, gap 5.00%, work 7; Ctrl-C ends it"]


def test_the_first_interrupt_asks_for_what_there_is():
    before = signal.getsignal(signal.SIGINT)
    with search(Patience()) as (effort, watch):
        assert not effort.should_stop()
        os.kill(os.getpid(), signal.SIGINT)
        assert effort.should_stop()
        assert watch.interrupted
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is before


def test_an_interrupted_search_ends_well(files):
    """A search too long to finish, interrupted from outside, prints its answer and a bound."""
    words = [*ASKED, "--objective", "lexicographic", "--groups", "group", "--json"]
    program = "from evenground.cli import main; main()"
    command = [sys.executable, "-c", program, *map(str, words)]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=files)
    time.sleep(6)
    running.send_signal(signal.SIGINT)
    printed, _ = running.communicate(timeout=60)
    if running.returncode == 130:
        pytest.skip("the machine was too slow to begin the search in time")
    assert running.returncode == 0
    found = json.loads(printed)
    assert found["status"] in {"gap", "optimal"}
    assert (found["stopped_by"] == "interrupt") == (found["status"] == "gap")
