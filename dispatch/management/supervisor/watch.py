"""All children together: whoever ends is started again."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from dispatch.management.supervisor.backoff import LONGEST_S
from dispatch.management.supervisor.bell import Bell
from dispatch.management.supervisor.child import Child, Folders
from dispatch.management.supervisor.program import Program

type Report = Callable[[str], None]


@dataclass(slots=True)
class Watch:
    """All children, in the order they were begun; starts again whatever ends."""

    folders: Folders
    report: Report
    children: list[Child] = field(default_factory=list)

    def begin(self, program: Program, now: float) -> Child:
        """Start one more program and keep it running from now on."""
        child = Child(program, self.folders)
        child.begin(now)
        self.children.append(child)
        return child

    def look(self, now: float) -> None:
        """See who has ended, and start those whose wait is over."""
        for child in self.children:
            how = child.find_end(now)
            if how is not None and child.due_at is not None:
                self.report(f"{child.program.name} ended ({how}); again in {child.due_at - now:.1f} s")
            if child.due_at is not None and child.due_at <= now:
                self._start_again(child, now)

    def _start_again(self, child: Child, now: float) -> None:
        try:
            child.start(now)
        except OSError as error:
            child.due_at = now + LONGEST_S
            self.report(f"{child.program.name} cannot be started ({error}); again in {LONGEST_S:.0f} s")

    def next_due_s(self, now: float) -> float:
        """Say how long nothing has to be started."""
        return min(
            (max(child.due_at - now, 0.0) for child in self.children if child.due_at is not None), default=2.0
        )


def keep(watch: Watch, bell: Bell) -> None:
    """Keep all running until somebody wishes otherwise."""
    while not bell.wishes:
        watch.look(time.monotonic())
        bell.wait(watch.next_due_s(time.monotonic()))
