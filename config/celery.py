"""Work in the background. A task here is a nudge: losing one must never lose work."""

import os

from celery import Celery
from celery.signals import setup_logging

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from django.conf import settings

app = Celery("voltrun")
app.conf.update(
    broker_url=settings.CELERY_BROKER_URL,
    broker_transport_options={"global_keyprefix": f"{settings.REDIS_PREFIX}:celery:"},
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,
    # What a task did is in the database; nobody asks the broker.
    task_ignore_result=True,
    result_backend=None,
    task_serializer="json",
    accept_content=["json"],
    # A killed worker's work comes back by lease and sweep, not by redelivery.
    task_acks_late=False,
    task_track_started=False,
    # The solver server is a child process: the prefork pool would refuse it.
    worker_pool="threads",
    worker_prefetch_multiplier=1,
    worker_send_task_events=False,
    timezone="UTC",
    enable_utc=True,
    # dispatch.tasks fills this in.
    beat_schedule={},
)
app.autodiscover_tasks(["dispatch"])


def keep_our_logging(**_: object) -> None:
    """Take the hook, so that Celery leaves the logging of the settings alone."""


setup_logging.connect(keep_our_logging, weak=False)
