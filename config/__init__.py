"""The Django project and nothing else."""

from config.celery import app as celery_app

# A task called from a web process or a command finds its broker through this.
__all__ = ["celery_app"]
