"""The risks of an area at an instant: a plain function of what is known, and of what was told before."""

from collections.abc import Collection

from dispatch.models import RiskKind
from dispatch.selectors.risks.means import find_of_means
from dispatch.selectors.risks.values import Found, Key, Scene
from dispatch.selectors.risks.visits import find_of_visits
from dispatch.selectors.risks.works import find_of_outlets, find_of_works

_RANK = {str(kind): rank for rank, kind in enumerate(RiskKind)}


def find_risks(scene: Scene, known: Collection[Key] = frozenset()) -> list[Found]:
    """Find every risk, the worst first.

    `known` are those told before: what has begun ends only when it is clearly over, so that nothing
    flickers about a threshold.
    """
    now = scene.now
    promised = {visit.request: visit.promised_p90 for visit in scene.visits}
    found = [
        *find_of_visits(scene.visits, known, now),
        *find_of_means(scene.means, promised, known, now),
        *find_of_works(scene.works, now),
        *find_of_outlets(scene.outlets, now),
    ]
    return sorted(found, key=lambda one: (_RANK[str(one.kind)], str(one.subject)))


def rank_of(kind: str) -> int:
    """Say how bad a kind is; 0 is the worst."""
    return _RANK[kind]
