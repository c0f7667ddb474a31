"""How far an arrival may lie from its expectation: stated, until it is learned from what happened."""

from datetime import timedelta

# Of the time still ahead: P90 lies this share and this much later, within these bounds.
SHARE, FIXED = 0.20, timedelta(seconds=150)
LEAST, MOST = timedelta(minutes=4), timedelta(minutes=12)


def p90_margin(lead: timedelta) -> timedelta:
    """Say by how much an arrival `lead` ahead may be late in nine cases of ten."""
    if lead <= timedelta():
        return timedelta()
    return min(max(lead * SHARE + FIXED, LEAST), MOST)


def p10_margin(lead: timedelta) -> timedelta:
    """Say by how much it may be early in nine cases of ten; never before now."""
    return min(p90_margin(lead) / 2, max(lead, timedelta()))
