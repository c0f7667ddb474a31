"""The schema that may still run somewhere while the next one is put in place.

Raise it when a version has been given out: everything after it is looked at by `test_rules.py`, and
`test_upgrade.py` begins there.
"""

RELEASED = {"accounts": "0001_initial", "dispatch": "0012_replan_times"}


def list_newer(disk: dict[tuple[str, str], object]) -> list[tuple[str, str]]:
    """List our migrations that were written since."""
    return sorted((app, name) for app, name in disk if app in RELEASED and name > RELEASED[app])
