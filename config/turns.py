"""How long a thread keeps the interpreter while others want it."""

import sys

# A call waits for a dozen rows one after the other, and after each for its turn: at Python's own 5 ms a page
# stands behind every thread that computes, a dozen times. The switches themselves cost next to nothing.
SHORT_S = 0.0005


def take_short_turns() -> None:
    """Let whoever waited for a row go on soon, although others compute."""
    sys.setswitchinterval(SHORT_S)
