"""Children that end are started again, each with its own patience; times are passed in."""

import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from dispatch.management.supervisor.child import Child, Folders
from dispatch.management.supervisor.program import Program
from dispatch.management.supervisor.watch import Watch
from tests.patience import wait_until

LASTING = "import time; time.sleep(600)"


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def watch(tmp_path: Path, told: list[str]) -> Iterator[Watch]:
    folders = Folders(tmp_path / "log", tmp_path / "run")
    folders.make()
    watch = Watch(folders, told.append)
    yield watch
    for child in watch.children:
        child.kill()
        wait_until(lambda child=child: not child.is_running or child.find_end(0.0))


def begin(watch: Watch, code: str, name: str = "web") -> Child:
    return watch.begin(Program(name, (sys.executable, "-c", code), {}), 0.0)


def look_until_it_ended(watch: Watch, child: Child, now: float) -> None:
    def ended() -> bool:
        watch.look(now)
        return not child.is_running

    wait_until(ended)


def test_who_dies_is_told_of_and_started_again_when_the_wait_is_over(watch: Watch, told: list[str]):
    child = begin(watch, LASTING)
    child.kill()
    look_until_it_ended(watch, child, now=5.0)
    assert told == ["web ended (signal 9); again in 0.2 s"]
    watch.look(5.1)
    assert not child.is_running
    watch.look(5.2)
    assert child.is_running


def test_who_dies_again_and_again_waits_longer(watch: Watch, told: list[str]):
    child = begin(watch, "raise SystemExit(3)")
    now = 0.0
    for _ in range(3):
        look_until_it_ended(watch, child, now)
        now = child.due_at or now
        watch.look(now)
    assert [line.partition(";")[2] for line in told] == [
        " again in 0.2 s",
        " again in 0.4 s",
        " again in 0.8 s",
    ]
    assert "exit 3" in told[0]


def test_what_a_dead_child_left_in_its_group_dies_too(watch: Watch):
    child = begin(
        watch,
        f"import subprocess, sys, time\nsubprocess.Popen([sys.executable, '-c', {LASTING!r}])\n{LASTING}",
    )
    pid = int((watch.folders.run / "web.pid").read_text())
    wait_until(lambda: psutil.Process(pid).children())
    grandchild = psutil.Process(pid).children()[0]
    child.kill()
    look_until_it_ended(watch, child, now=1.0)
    wait_until(lambda: not grandchild.is_running() or grandchild.status() == psutil.STATUS_ZOMBIE)


def test_a_child_hears_signals_its_parent_had_blocked(watch: Watch):
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM])
    try:
        child = begin(watch, LASTING)
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGTERM])
    child.ask_to_stop()
    look_until_it_ended(watch, child, now=1.0)


def test_what_it_says_goes_to_its_log_and_its_number_to_a_file(watch: Watch):
    child = begin(watch, "print('one'); print('two')")
    assert (watch.folders.run / "web.pid").exists()
    look_until_it_ended(watch, child, now=1.0)
    assert child.last_words() == "two"
    assert not (watch.folders.run / "web.pid").exists()


def test_a_program_that_is_missing_is_tried_again_later_and_stops_nobody(watch: Watch, told: list[str]):
    child = begin(watch, LASTING)
    child.program = Program("web", ("/nowhere/at-all",), {})
    child.kill()
    look_until_it_ended(watch, child, now=0.0)
    watch.look(1.0)
    assert "cannot be started" in told[-1]
    assert child.due_at is not None
