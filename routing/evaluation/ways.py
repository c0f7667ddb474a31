"""Travel times for a problem that does not bring its own."""

from routing.model.errors import TravelUnavailable
from routing.model.problem import Problem, Profile
from routing.travel import GreatCircleTravel, OsrmTravel, TravelCache, TravelProvider


def with_travel(problem: Problem, cache: TravelCache | None = None) -> Problem:
    """Return the problem with its travel times inline; asked from the provider it names where they miss.

    Raises
    ------
    TravelUnavailable
        When the provider has none to give.
    """
    if problem.travel.profiles or not problem.units:
        return problem
    provider = _find_provider(problem)
    ids = [place.id for place in problem.places]
    cache = cache or TravelCache(max_places=max(600, len(ids)))
    profiles: dict[str, Profile] = {}
    for name in sorted({unit.profile for unit in problem.units}):
        matrix = cache.matrix(provider, name, ids, problem.places)
        profiles[name] = Profile(durations_s=matrix.durations_s, distances_m=matrix.distances_m)
    return problem.with_profiles(profiles)


def _find_provider(problem: Problem) -> TravelProvider:
    travel = problem.travel
    if travel.provider == "great_circle":
        return GreatCircleTravel()
    if travel.provider == "osrm" and travel.dataset:
        return OsrmTravel(travel.dataset.partition("@")[0])
    raise TravelUnavailable(f"no travel times inline, and the provider {travel.provider!r} names no data set")
