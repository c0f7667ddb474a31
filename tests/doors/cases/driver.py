"""The driver's doors: any person may be a driver, and each sees their own alone."""

from tests.doors.cases.case import Case, alices, signed_in

WISH = {"vehicle": "{vehicle}", "location": {"lat": 43.7396, "lon": 7.4275}, "soc": 0.3, "energy_kwh": 15}

CASES = {
    "GET me-export": Case(signed_in(200)),
    # Only she types her own address; and nobody said once more who they are.
    "POST me-erase": Case(signed_in(400, alice=401), body={"email": "alice@example.test"}),
    "GET driver-catalogue": Case(signed_in(200)),
    "GET driver-vehicles": Case(signed_in(200)),
    "POST driver-vehicles": Case(signed_in(400)),
    "GET driver-vehicle": Case(alices(200)),
    "PATCH driver-vehicle": Case(alices(200), body={"soc_hint": 0.5}),
    "DELETE driver-vehicle": Case(alices(409)),
    # A car that is not theirs is no car they know, like one that never was.
    "POST driver-quotes": Case(signed_in(400, alice=201), body=WISH),
    "GET driver-requests": Case(signed_in(200)),
    # Her car is booked already.
    "POST driver-requests": Case(alices(409), body={"offer": "{offer}"}),
    "GET driver-request": Case(alices(200)),
    "POST driver-cancel": Case(alices(200)),
    "GET driver-track": Case(alices(200)),
}
