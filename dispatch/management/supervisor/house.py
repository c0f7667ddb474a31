"""The supervisor itself: starts the house in order, keeps it, stops it in order."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from dispatch.management.supervisor import programs
from dispatch.management.supervisor.bell import Bell
from dispatch.management.supervisor.child import Child, Folders
from dispatch.management.supervisor.endpoints import write_endpoints
from dispatch.management.supervisor.errors import CannotStart
from dispatch.management.supervisor.ground import Ground
from dispatch.management.supervisor.say import complain, say, seconds
from dispatch.management.supervisor.stopping import stop_in_order
from dispatch.management.supervisor.watch import Watch, keep
from dispatch.management.supervisor.welcome import build_welcome

_GLANCE_S = 0.05
_GREEN_WITHIN_S = 60.0


class ToldToStop(Exception):
    """Somebody pressed Ctrl-C while the house was still starting."""


@dataclass(slots=True)
class House:
    """Everything that runs, and the clock by which it is watched."""

    ground: Ground
    bell: Bell
    watch: Watch
    split: list[tuple[str, float]] = field(default_factory=list)

    def run(self) -> int:
        """Start, watch, stop; 1 if it could not start."""
        try:
            self._start()
            keep(self.watch, self.bell)
        except CannotStart as error:
            complain(str(error))
            return 1
        except ToldToStop:
            say("Stopped while starting.")
        finally:
            self._stop()
        return 0

    def _start(self) -> None:
        surroundings = self.ground.surroundings
        self._timed("database and Valkey", self._start_servers)
        roads = self._timed("roads", self.ground.load_roads)
        environment = self.ground.environment(roads)
        write_endpoints(self.watch.folders.run / "endpoints", environment)
        # Both load the app for seconds: side by side. The web answers properly only after the migrations.
        now = time.monotonic()
        ready = self.watch.folders.run / "clock.ready"
        ready.unlink(missing_ok=True)
        clock = self.watch.begin(programs.clock(environment, ready), now)
        web = self.watch.begin(programs.web(surroundings.port, environment), now)
        self._timed("migrations and demo data", lambda: self._wait_for(clock))
        self._begin_planner(environment)
        self._timed("web", lambda: self._wait_for(web))
        if surroundings.world:
            self.watch.begin(programs.world(surroundings, environment), time.monotonic())
        self._timed("planner and world", self._wait_until_green)
        for line in build_welcome(surroundings, self.split):
            say(line)

    def _start_servers(self) -> None:
        self.ground.prepare()
        children = [self.watch.begin(program, time.monotonic()) for program in self.ground.programs()]
        for child in children:
            self._wait_for(child)
        if self.ground.postgres:
            self.ground.postgres.create_database()

    def _begin_planner(self, environment: dict[str, str]) -> None:
        now = time.monotonic()
        self.watch.begin(programs.worker(environment), now)
        self.watch.begin(programs.beat(environment, self.watch.folders.run), now)

    def _wait_for(self, child: Child) -> None:
        """Wait until a child is ready; at the first start one that dies is not tried again."""
        deadline = time.monotonic() + child.program.ready_within_s
        while not child.program.is_ready():
            self._glance()
            how = child.find_end(time.monotonic())
            late = time.monotonic() > deadline
            if how is not None or late:
                how = how or f"not ready within {child.program.ready_within_s:.0f} s"
                raise CannotStart(
                    f"{child.program.name} did not start ({how}): {child.last_words()} [{child.log}]"
                )

    def _wait_until_green(self) -> None:
        deadline = time.monotonic() + _GREEN_WITHIN_S
        while not programs.answers(self.ground.surroundings.port, "/readyz"):
            self._glance(0.3)
            self.watch.look(time.monotonic())
            if time.monotonic() > deadline:
                say(f"  not all is ready yet; {self.ground.surroundings.url}/readyz says what is missing")
                return

    def _glance(self, seconds: float = _GLANCE_S) -> None:
        self.bell.wait(seconds)
        if self.bell.wishes:
            raise ToldToStop

    def _stop(self) -> None:
        stop_in_order(self.watch.children, self.bell)
        self.ground.leave()
        (self.watch.folders.run / "endpoints").unlink(missing_ok=True)

    def _timed[T](self, what: str, act: Callable[[], T]) -> T:
        begun = time.monotonic()
        result = act()
        took = time.monotonic() - begun
        self.split.append((what, took))
        say(f"  {what} {seconds(took)}")
        return result


def build_house(ground: Ground) -> House:
    """Put the supervisor together; from here on its signals are heard."""
    var = ground.surroundings.var
    folders = Folders(var / "log", var / "run")
    folders.make()
    for stale in folders.run.glob("*.pid"):
        stale.unlink()
    return House(ground, Bell(), Watch(folders, say))
