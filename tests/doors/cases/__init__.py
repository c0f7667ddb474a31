"""What is expected at each door, one file per room; a door without a case fails by its name."""

from tests.doors.cases import crew, driver, house, ops, sign_in, units
from tests.doors.cases.case import Case

CASES: dict[str, Case] = {
    name: case for room in (house, sign_in, driver, ops, crew, units) for name, case in room.CASES.items()
}
