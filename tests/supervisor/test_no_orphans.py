"""Whatever happens to the supervisor, nothing of the house is left behind."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from tests.patience import wait_until


@dataclass
class House:
    """A small house in a process of its own."""

    folder: Path
    guard: subprocess.Popen[str]

    def pid(self, name: str) -> int:
        """Read the number of a child."""
        try:
            return int((self.folder / "run" / f"{name}.pid").read_text() or 0)
        except FileNotFoundError:
            return 0

    @property
    def supervisor(self) -> psutil.Process:
        """The guard's only child."""
        return psutil.Process(self.guard.pid).children()[0]

    def everybody(self) -> list[psutil.Process]:
        """List guard, supervisor, children and grandchildren."""
        guard = psutil.Process(self.guard.pid)
        return [guard, *guard.children(recursive=True)]

    def wait_until_it_stands(self) -> list[psutil.Process]:
        """Wait for guard, supervisor, two children and a grandchild."""
        wait_until(lambda: len(self.everybody()) == 5 and self.pid("world") and self.pid("worker"))
        return self.everybody()


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    guard = subprocess.Popen(
        [sys.executable, "-m", "tests.supervisor.small_house", str(tmp_path)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert guard.stdout is not None
    assert guard.stdout.readline() == "standing\n"
    house = House(tmp_path, guard)
    yield house
    guard.terminate()
    guard.stdout.close()
    guard.wait(10)


def gone(processes: list[psutil.Process]) -> bool:
    """Say whether none of them runs any more (a zombie only waits to be counted)."""
    return not any(process.is_running() and process.status() != psutil.STATUS_ZOMBIE for process in processes)


@pytest.mark.parametrize("wish", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_polite_signal_stops_all_even_who_refuses(house: House, wish: signal.Signals):
    everybody = house.wait_until_it_stands()
    house.guard.send_signal(wish)
    assert house.guard.wait(10) == 0
    wait_until(lambda: gone(everybody))


def test_kill_9_of_the_supervisor_leaves_nothing(house: House):
    everybody = house.wait_until_it_stands()
    house.supervisor.kill()
    assert house.guard.wait(10) == 128 + signal.SIGKILL
    wait_until(lambda: gone(everybody))
    assert house.guard.stdout is not None
    assert "afterwards" in house.guard.stdout.read()


def test_kill_9_of_the_guard_makes_the_supervisor_stop_all(house: House):
    everybody = house.wait_until_it_stands()
    world, worker = house.pid("world"), house.pid("worker")
    house.guard.kill()
    known = [process for process in everybody if process.pid in (world, worker, house.guard.pid)]
    wait_until(lambda: gone(known))


def test_a_child_killed_with_9_comes_back_under_its_name(house: House):
    house.wait_until_it_stands()
    before = house.pid("world")
    psutil.Process(before).kill()
    wait_until(lambda: house.pid("world") not in (0, before))
    assert psutil.Process(house.pid("world")).is_running()


def test_a_grandchild_in_the_childs_own_group_dies_with_it(house: House):
    house.wait_until_it_stands()
    before = house.pid("worker")
    grandchildren = psutil.Process(before).children()
    psutil.Process(before).kill()
    wait_until(lambda: house.pid("worker") not in (0, before))
    house.guard.terminate()
    assert house.guard.wait(10) == 0
    wait_until(lambda: gone(grandchildren))


def test_a_second_supervisor_says_who_holds_the_house(house: House):
    second = subprocess.run(
        [sys.executable, "-m", "tests.supervisor.small_house", str(house.folder)],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert second.returncode == 1
    assert f"(process {house.guard.pid})" in second.stderr
