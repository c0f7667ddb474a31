#!/usr/bin/env python
"""Django's command line: `python manage.py up` starts the whole house."""

import os
import sys
from pathlib import Path

from django.core.management import execute_from_command_line

from dispatch.management.supervisor.endpoints import join_running_house

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if "up" not in sys.argv[1:2]:
        # Any other command means the house that runs here, if one does.
        join_running_house(Path(os.environ.get("VAR_DIR") or Path(__file__).parent / "var"), os.environ)
    execute_from_command_line(sys.argv)
