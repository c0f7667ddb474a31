"""Judge every stored plan again and add every ledger up again; exit 1 names what does not hold."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from dispatch.services.audit import audit, one_moment


class Command(BaseCommand):
    help = "Checks stored plans, streams, stops and sessions; exit 1 names what does not hold."

    def handle(self, *args: Any, **options: Any) -> None:
        with one_moment():
            checked = audit()
        for finding in checked.findings:
            self.stdout.write(finding)
        self.stdout.write(
            f"{checked.plans} plans, {checked.events} events, {checked.sessions} sessions,"
            f" {checked.requests} requests: {len(checked.findings)} findings"
        )
        if checked.findings:
            sys.exit(1)
