"""Settings, addresses and processes of the plant; no business rule lives here."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
