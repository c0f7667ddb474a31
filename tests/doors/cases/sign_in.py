"""In and out, and who one is. What somebody holds already is not asked at these doors."""

from tests.doors.cases.case import Case, all_of, anybody

WRONG = {"email": "alice@example.test", "password": "not hers"}

CASES = {
    "GET me": Case(anybody()),
    "POST auth-token": Case(all_of(401), body=WRONG),
    "POST auth-session": Case(all_of(401), body=WRONG),
    "DELETE auth-session": Case(all_of(204)),
}
