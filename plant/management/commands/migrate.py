"""Migrating as Django does, in half the time.

After each step Django makes anew the historical model that changed and every model that is related to it, however far;
here nearly all are, through persons and places. A column of another table is known by its name, so near relatives
are enough: the tables that come of it are the same to the byte.
"""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.apps.registry import Apps
from django.core.management.commands import migrate
from django.db.migrations.state import ProjectState

SELDOM = (300_000, 50, 1000)  # historical models are made by the thousand and point at each other


class Command(migrate.Command):
    """`migrate`, with historical models that are cheaper to make."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate."""
        with (
            swapped(ProjectState, "reload_model", near), collecting_seldom(),
            swapped(Apps, "get_swappable_settings_name", remembered()),
        ):
            super().handle(*args, **options)


DRAW_ANEW = ProjectState.reload_model


def near(state: ProjectState, app_label: str, model_name: str, delay: bool = False) -> None:
    """Make a model and its direct relatives anew, as Django does for a field that is no relation."""
    DRAW_ANEW(state, app_label, model_name, delay=True)


def remembered() -> Callable[[Apps, str], str | None]:
    """Which setting may swap a model: looked up once for each, not once for each field of each historical model."""
    look_up, known = Apps.get_swappable_settings_name.__wrapped__, dict[str, str | None]()

    def found(apps: Apps, to_string: str) -> str | None:
        if to_string not in known:
            known[to_string] = look_up(apps, to_string)
        return known[to_string]

    found.cache_clear = lambda: None  # type: ignore[attr-defined]
    return found


@contextmanager
def swapped(owner: type, name: str, other: Any) -> Iterator[None]:
    """Another method for as long as the block runs."""
    usual = getattr(owner, name)
    setattr(owner, name, other)
    try:
        yield
    finally:
        setattr(owner, name, usual)


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """Look for garbage seldom for as long as the block runs."""
    usual = gc.get_threshold()
    gc.set_threshold(*SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*usual)
