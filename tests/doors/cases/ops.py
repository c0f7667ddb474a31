"""The console's doors: Riviera's dispatcher and owner; another operator's dispatcher sees their own area."""

from tests.doors.cases.case import Case, olgas, rivieras

MOVE = {"unit": "{stray}", "revision": 1, "confirm": True}

CASES = {
    **{f"GET ops-{name}": Case(olgas(200)) for name in ("people", "role-changes", "invitations", "devices")},
    "PATCH ops-people": Case(olgas(200), body={"second_factor_required": False}),
    "PATCH ops-member": Case(olgas(200), body={"role": "crew"}),
    "DELETE ops-member": Case(olgas(204)),
    "POST ops-invitations": Case(olgas(201), body={"email": "nadia@example.test", "role": "crew"}),
    "DELETE ops-invitation": Case(olgas(204)),
    "DELETE ops-device": Case(olgas(204)),
    **{
        f"GET ops-{name}": Case(rivieras(200, stranger=200))
        for name in (
            "board",
            "requests",
            "risks",
            "chargers",
            "closures",
            "units",
            "eta-quality",
            "system",
        )
    },
    **{
        f"GET ops-{name}": Case(rivieras(200))
        for name in ("explanation", "attachment", "charger", "unit", "unit-trace", "plan")
    },
    "POST ops-move-preview": Case(rivieras(200), body={"stop": "{stop}"}),
    "POST ops-move": Case(rivieras(200), body=MOVE),
    "POST ops-lock": Case(rivieras(200), body={"what": "unit"}),
    # It is not locked.
    "POST ops-unlock": Case(rivieras(200)),
    # No fix was shown.
    "POST ops-risk-fix": Case(rivieras(409), body={"unit": "{stray}", "revision": 1}),
    "POST ops-charger-commands": Case(rivieras(202), body={"verb": "unlock", "why": "stuck", "connector": 1}),
    "POST ops-closures": Case(
        rivieras(400, stranger=400), body={"kind": "closed", "shape": {"line": [[0.0, 0.0], [0.0, 0.1]]}}
    ),
    "POST ops-closure-lift": Case(rivieras(200)),
    # Each asks for a plan of their own area.
    "POST ops-replans": Case(rivieras(202, stranger=202)),
}
