"""The Django project and nothing else."""

from config.celery import app as celery_app
from config.turns import take_short_turns

# Every process of the house computes and waits for rows beside one another: web, worker and command.
take_short_turns()

# A task called from a web process or a command finds its broker through this.
__all__ = ["celery_app"]
