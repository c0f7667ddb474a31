"""What the supervisor tells the person at the terminal."""

import sys


def say(text: str) -> None:
    """Print a line; a reader that went away (`| head`) is no reason to stop the house."""
    try:
        print(text, flush=True)
    except OSError:
        # Python would complain once more when it flushes at exit.
        sys.stdout = None  # the documented way to have no output


def complain(text: str) -> None:
    """Say in one sentence why it cannot go on."""
    print(f"voltrun: {text}", file=sys.stderr, flush=True)


def seconds(value: float) -> str:
    """Show a duration as people read it."""
    return f"{value:.1f} s"
