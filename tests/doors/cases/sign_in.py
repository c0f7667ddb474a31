"""In and out, and who one is. What somebody holds already is not asked at these doors."""

from tests.doors.cases.case import Case, alices, all_of, anybody, signed_in

WRONG = {"email": "alice@example.test", "password": "not hers"}

ALICES = {"email": "alice@example.test"}
# The library's doors are for browsers' sessions: who shows a token is nobody there, and so is everybody here.
NOBODYS = Case(all_of(401))
UNDER_WAY = ("2fa-authenticate", "webauthn-authenticate")
MANAGED = ("2fa-reauthenticate", "webauthn-reauthenticate", "authenticators-webauthn")
LIBRARY = {
    # The same for all, whoever asks about whom.
    "POST auth-password-request": Case(all_of(200), body=ALICES),
    "GET auth-password-reset": Case(all_of(400)),
    "POST auth-password-reset": Case(all_of(400), body={"key": "x-y", "password": "a fresh horse battery"}),
    "GET auth-email-verify": Case(all_of(400)),
    "POST auth-email-verify": Case(all_of(400), body={"key": "x"}),
    "POST auth-password-change": NOBODYS,
    **{f"{method} auth-email": NOBODYS for method in ("GET", "PUT", "PATCH", "DELETE")},
    # No address of theirs is being verified.
    "POST auth-email": Case(all_of(409)),
    "POST auth-reauthenticate": NOBODYS,
    **{f"POST auth-{name}": NOBODYS for name in (*UNDER_WAY, *MANAGED)},
    "GET auth-webauthn-authenticate": NOBODYS,
    "GET auth-webauthn-reauthenticate": NOBODYS,
    # A challenge for whatever passkey a browser holds; it is about nobody.
    "GET auth-webauthn-login": Case(all_of(200)),
    "POST auth-webauthn-login": Case(all_of(400)),
    "GET auth-authenticators": NOBODYS,
    **{f"{method} auth-authenticators-totp": NOBODYS for method in ("GET", "POST", "DELETE")},
    **{f"{method} auth-authenticators-recovery-codes": NOBODYS for method in ("GET", "POST")},
    **{f"{method} auth-authenticators-webauthn": NOBODYS for method in ("GET", "PUT", "DELETE")},
}

CASES = {
    **LIBRARY,
    # Each sees and ends their own.
    "GET auth-sign-ins": Case(signed_in(200)),
    "DELETE auth-sign-ins": Case(signed_in(204)),
    "DELETE auth-sign-in": Case(alices(204)),
    **{
        f"POST auth-invitation-{name}": Case(all_of(404), body={"secret": "x"}) for name in ("look", "accept")
    },
    # The same for all, whoever has the address; and an invented link makes nobody.
    "POST auth-sign-up": Case(all_of(204), body=ALICES),
    "POST auth-sign-up-accept": Case(
        all_of(404), body={"secret": "x", "name": "Mallory", "password": "a fresh horse battery"}
    ),
    "GET me": Case(anybody()),
    "POST auth-token": Case(all_of(401), body=WRONG),
    "POST auth-session": Case(all_of(401), body=WRONG),
    "DELETE auth-session": Case(all_of(204)),
}
