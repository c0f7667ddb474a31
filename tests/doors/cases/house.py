"""The house itself: pages, files, health, and what a page needs before anybody signs in."""

from tests.doors.cases.case import Case, all_of, anybody

# Pages and files look at no credential at all.
OPEN, READ_ONLY = Case(all_of(200)), Case(all_of(405))
PAGES = ("landing", "page", "city-file", "service-worker", "healthz", "readyz", "health", "metrics")
READS = {f"GET {name}": OPEN for name in PAGES}

CASES = {
    **READS,
    **{f"POST {name}": READ_ONLY for name in PAGES},
    "GET schema": Case(anybody()),
    "GET docs": Case(anybody()),
    "GET config": Case(anybody()),
    "GET sites": Case(anybody()),
    "GET places": Case(anybody(), query="?q=port"),
    "GET place-at": Case(anybody(), query="?lat=43.735&lon=7.421"),
}
