"""Running a fleet through a real day: hear who asks, promise, re-plan, drive."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace

from routing.model.plan import Plan
from routing.model.problem import Problem, Request
from routing.model.units import HOUR_S, Seconds
from routing.quote import Placement
from routing.reoptimise import rebase
from routing.simulation.asking import Terms, build_promised
from routing.simulation.policies import Policy, lock
from routing.simulation.real_day import TICK_S, RealDay
from routing.simulation.robust import Robust

AFTERWARDS_S: Seconds = 2 * HOUR_S
"""So long after the horizon the last are still on their way home."""

ORDINARY = Terms()

type Progress = Callable[[Seconds], None]


@dataclass(slots=True)
class Tally:
    """What can only be seen while the day runs."""

    replans: int = 0
    locked: int = 0
    moved_locks: int = 0


class Operator:
    """Somebody who runs a fleet by a policy.

    Parameters
    ----------
    robust
        How the world is seen when plans are made; None: as expected.
    """

    def __init__(
        self, day: RealDay, policy: Policy, terms: Terms = ORDINARY, robust: Robust | None = None
    ) -> None:
        self.day, self.policy, self.terms, self.robust = day, policy, terms, robust
        self.booked: dict[str, Request] = {}
        self.tally = Tally()
        stories = sorted(day.stories.values(), key=lambda s: (s.known_s, s.request.id))
        self._coming = deque(story.request for story in stories)
        self.problem = self._look()
        self.plan: Plan = rebase(self.problem, None)

    def live(self, progress: Progress | None = None) -> None:
        """Live through the whole day, minute by minute."""
        for now_s in range(TICK_S, self.day.problem.horizon_s + AFTERWARDS_S + 1, TICK_S):
            self.day.advance(now_s, self.plan)
            self.day.cancel(self.plan)
            self._decide(now_s)
            if progress is not None and now_s % HOUR_S == 0:
                progress(now_s)
        self._close()

    def _decide(self, now_s: Seconds) -> None:
        heard = self._hear(now_s)
        open_ones = any(story.outcome == "booked" for story in self.day.stories.values())
        improving = self.policy.improves and (open_ones or bool(heard))
        if not (heard or self.day.surprised or improving):
            return
        self.day.surprised = False
        self.problem = self._look()
        self.plan = rebase(self.problem, self.plan)
        for request in heard:
            self._answer(request)
        if improving:
            self._improve()
        self.plan = self.policy.wait(self.problem, self.plan)

    def _hear(self, now_s: Seconds) -> list[Request]:
        heard: list[Request] = []
        while self._coming and self.day.stories[self._coming[0].id].known_s <= now_s:
            heard.append(self._coming.popleft())
        return heard

    def _look(self) -> Problem:
        problem = self.day.as_planned(self.booked)
        return self.robust.problem(problem) if self.robust else problem

    def _answer(self, request: Request) -> None:
        story = self.day.stories[request.id]
        asked = replace(request, earliest_s=max(request.earliest_s, self.day.now_s))
        if asked.latest_s < asked.earliest_s:
            story.outcome = "refused"
            return
        seen = self.robust.request(asked) if self.robust else asked
        placement = self.policy.offer(self.problem, self.plan, seen)
        if placement is None:
            story.outcome = "refused"
            return
        self._promise(asked, placement)

    def _promise(self, asked: Request, placement: Placement) -> None:
        """Book; the plan goes on with the place that was found."""
        now_s, story = self.day.now_s, self.day.stories[asked.id]
        promised = build_promised(placement, now_s, self.terms)
        kept = replace(promised, setup_s=asked.setup_s, wrapup_s=asked.wrapup_s)
        self.booked[asked.id] = kept
        story.outcome, story.promised_s = "booked", placement.arrive_s
        story.latest_promised_s = now_s + self.terms.p90_s(placement.arrive_s - now_s)
        self.problem = self.problem.with_requests((*self.problem.requests, promised))
        self.plan = placement.plan

    def _improve(self) -> None:
        locked = {r.id: r.unit for r in lock(self.problem, self.plan).requests if r.unit is not None}
        self.plan = self.policy.improve(self.problem, self.plan)
        self.tally.replans += 1
        self.tally.locked += len(locked)
        serving = {stop.request: route.unit for route, stop in self.plan.iterate_stops()}
        self.tally.moved_locks += sum(serving.get(name) != unit for name, unit in locked.items())

    def _close(self) -> None:
        """What was promised and never came has failed."""
        for story in self.day.stories.values():
            if story.outcome == "booked":
                story.outcome = "failed"
