"""Work in the background. A task here is a nudge: losing one must never lose work."""

import os

from celery import Celery
from celery.signals import setup_logging

from config import task_context

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("voltrun")
# Read on first use, so that this module can be imported while the settings still are.
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["dispatch"])


def keep_our_logging(**_: object) -> None:
    """Take the hook, so that Celery leaves the logging of the settings alone."""


setup_logging.connect(keep_our_logging, weak=False)
task_context.connect()
