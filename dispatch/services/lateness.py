"""When an arrival is so late that the plan behind it cannot hold any more."""

from datetime import timedelta

# Each time an arrival has slipped by so much more, the plan is made anew.
DRIFT = timedelta(minutes=3)
