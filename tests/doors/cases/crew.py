"""The crew's doors: whoever is on Azur, which comes to Alice."""

from tests.doors.cases.case import Case, azurs

# Nobody has set out yet: that is to be done, or given up.
ANSWERS = {"depart": 200, "arrive": 409, "start": 409, "stop": 409, "finish": 409, "fail": 200}

WHY = {"reason": "no_access"}

CASES = {
    # Each sees the day of their own unit.
    "GET crew-day": Case(azurs(200, stranger=200)),
    "POST crew-reports": Case(azurs(202, stranger=400), body={"kind": "noise", "stop": "{stop}"}),
    **{f"POST crew-{action}": Case(azurs(status), body=WHY) for action, status in ANSWERS.items()},
}
