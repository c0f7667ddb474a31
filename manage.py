#!/usr/bin/env python
"""Django's command line: `python manage.py up` starts the whole house."""

import os
import sys
from pathlib import Path

from django.core.management import execute_from_command_line

from dispatch.management.supervisor.errors import CannotStart
from dispatch.management.supervisor.visit import at_home


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    var = Path(os.environ.get("VAR_DIR") or Path(__file__).parent / "var")
    try:
        with at_home(sys.argv, var, os.environ):
            execute_from_command_line(sys.argv)
    except CannotStart as error:
        sys.exit(f"voltrun: {error}")


if __name__ == "__main__":
    main()
