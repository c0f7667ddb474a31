"""When an arrival, or an end, has moved so far that the plan behind it does not fit any more."""

from datetime import timedelta

# Each time something has slipped by so much more, or gained so much, the plan is made anew.
DRIFT = timedelta(minutes=3)


def count_drifts(slip: timedelta, told: int) -> int:
    """Count the delays (or gains, below nought) to tell; `told` until it lies a whole one away from that.

    About a threshold nothing flickers: what was told at three minutes is told again at six, or at none.
    """
    return told if abs(slip - told * DRIFT) < DRIFT else int(slip / DRIFT)
