"""One log file a child; the last few starts are kept."""

from pathlib import Path

KEPT = 3


def rotate(path: Path) -> None:
    """Move NAME.log to NAME.log.1, that to NAME.log.2, and so on; the oldest goes."""
    for number in range(KEPT, 0, -1):
        older = path.with_name(f"{path.name}.{number}")
        newer = path if number == 1 else path.with_name(f"{path.name}.{number - 1}")
        if newer.exists():
            newer.replace(older)


def last_line(path: Path) -> str:
    """Return the last thing a child said, for the one sentence about its failure."""
    try:
        lines = path.read_text(errors="replace").splitlines()
    except OSError:
        return "it said nothing"
    return next((line.strip() for line in reversed(lines) if line.strip()), "it said nothing")
