"""Whether whoever listens still may: one question every few seconds for all open pages of this process."""

import asyncio
import logging
from collections.abc import Iterable
from typing import Any, Protocol
from weakref import WeakKeyDictionary

from channels.db import database_sync_to_async
from django.db import DatabaseError

from plant.models import Person

log = logging.getLogger(__name__)

# What an open page rests on: roles, site, company and places of work, and since when sessions count.
Standing = tuple[Any, ...]


class Watched(Protocol):
    """An open page."""

    person_id: int | None

    async def stand(self, standing: Standing | None) -> None:
        """Hear how the person stands now; None when the account is off."""


@database_sync_to_async
def standings(pks: Iterable[int | None]) -> dict[int, Standing]:
    """How these people stand now; whoever is switched off is left out."""
    people = Person.objects.filter(pk__in=pks, is_active=True).prefetch_related("personrole_set", "places")
    return {person.pk: standing_of(person) for person in people}


def standing_of(person: Person) -> Standing:
    """What may change under an open page."""
    roles = frozenset(row.role for row in person.personrole_set.all())
    places = frozenset(row.equipment_id for row in person.places.all())
    return person.signed_out_at, roles, person.site_id, person.partner_id, places


class Watch:
    """The open pages of one event loop."""

    def __init__(self) -> None:
        self.pages: set[Watched] = set()
        self.task: asyncio.Task[None] | None = None

    def add(self, page: Watched, seconds: float) -> None:
        """Look after a page, too."""
        self.pages.add(page)
        if self.task is None or self.task.done():
            self.task = asyncio.create_task(self.run(seconds))

    def remove(self, page: Watched) -> None:
        """A page was left; after the last one nobody is asked."""
        self.pages.discard(page)
        if not self.pages and self.task is not None:
            self.task.cancel()

    async def run(self, seconds: float) -> None:
        """Ask, and tell each page; a database that is away is asked again."""
        while True:
            await asyncio.sleep(seconds)
            try:
                found = await standings({page.person_id for page in self.pages})
            except DatabaseError as error:
                log.warning("could not ask who may still listen: %s", error)
                continue
            for page in list(self.pages):
                await page.stand(found.get(page.person_id or 0))


_watches: "WeakKeyDictionary[asyncio.AbstractEventLoop, Watch]" = WeakKeyDictionary()


def watch() -> Watch:
    """The watch of the running loop."""
    return _watches.setdefault(asyncio.get_running_loop(), Watch())
