"""The clock takes in what lies in staging tables."""

import logging

from celery import shared_task
from django.db import DatabaseError
from django.utils import timezone

from integrations.models import Connection
from integrations.staging import taking

log = logging.getLogger(__name__)


@shared_task(name="integrations.staging.take", ignore_result=True)
def take() -> int:
    """Every connection with staging tables; one whose tables are broken stops no other."""
    count = 0
    for link in Connection.objects.filter(kind="staging", enabled=True, receives=True).select_related("acts_as"):
        try:
            count += taking.take_all(link, at=timezone.now())
        except (DatabaseError, ValueError) as error:
            log.warning("staging tables of %s: %s", link.code, error)
    return count
