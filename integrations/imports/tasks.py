"""Imports of many rows run in a worker; the clock finds what was left in the middle."""

from celery import shared_task

from integrations.imports import running


@shared_task(name="integrations.imports.run", ignore_result=True)
def run(pk: int) -> None:
    """Carry one import on."""
    running.run(pk)


@shared_task(name="integrations.imports.sweep", ignore_result=True)
def sweep() -> None:
    """Carry on what was left."""
    running.sweep()
