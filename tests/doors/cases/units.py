"""Where units say where they are: Azur's own device, and whoever is on it."""

from tests.doors.cases.case import Case, azurs

FIX = {"at": "2026-06-10T10:00:00Z", "lat": 43.735, "lon": 7.421}

CASES = {"POST unit-positions": Case(azurs(202), body={"fixes": [FIX]})}
