"""Write the table of personal data, from the register: what is kept, why, how long, who may read it."""

from collections import defaultdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from accounts.privacy import Rule
from dispatch.models.privacy import REGISTER
from dispatch.services.keeping.retention import STEPS
from dispatch.services.keeping.rotation import list_columns

PAGE = settings.BASE_DIR / "dispatch" / "services" / "keeping" / "PERSONAL_DATA.md"
HEAD = """# Personal data: what is kept, why, how long, who may read it

Made from the register of fields (`dispatch/models/privacy.py`) by `manage.py personal_data`; a check fails
while it is out of date. Days count from the end of what a row is about. **sealed**: encrypted in the
database. What says nothing of a person is left out.

| what | fields | why | kept | who may read | forgotten by |
|---|---|---|---|---|---|
"""


class Command(BaseCommand):
    help = "Writes the table of personal data from the register."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", default=str(PAGE))

    def handle(self, *args: Any, **options: Any) -> None:
        Path(options["to"]).write_text(HEAD + "".join(_list_lines()))


def _list_lines() -> list[str]:
    sealed = {(column.field.model._meta.label, column.field.name) for column in list_columns()}
    steps: dict[Rule, list[str]] = defaultdict(list)
    for step in STEPS:
        for rule in step.rules:
            steps[rule].append(step.name)
    lines = []
    for label, fields in REGISTER.items():
        rules = dict.fromkeys(rule for rule in fields.values() if rule.personal)
        for rule in rules:
            names = [
                f"{name} (**sealed**)" if (label, name) in sealed else name
                for name, held in fields.items()
                if held == rule
            ]
            kept = "as the row" if rule.kept_days is None else f"{rule.kept_days} days"
            by = ", ".join(f"`{name}`" for name in steps[rule])
            readers = ", ".join(sorted(rule.readers))
            cells = (label.partition(".")[2], ", ".join(names), rule.purpose, kept, readers, by)
            lines.append(f"| {' | '.join(cells)} |\n")
    return lines
