"""Somebody's own desk: choices, stars, what they opened, what they were told. Their own affair, so not journalled."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import override

from plant import live, preferences, subjects
from plant.commands import persons
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Favourite, InboxMark, Notice, NoticeKind, Person, Preference, Visited
from plant.transactions import command

MOST_FAVOURITES = 30
MOST_VISITED = 20
LONGEST_URL = 500
LONGEST_TITLE = 120


class DeskRefused(Refusal):
    """Something that can't be kept on a desk."""

    code = "desk-refused"


@command
def choose(*, name: str, value: str, by: Person) -> None:
    """Remember a choice on every device of the person."""
    if name == "language":
        persons.choose_language(language=value, by=by)
    elif not preferences.is_known(name, value):
        facts = {"name": name[:40], "value": value[:40]}
        raise DeskRefused(_("There is no such choice: %(name)s = %(value)s.") % facts)
    elif name == "theme":
        persons.choose_theme(theme=value, by=by)
    else:
        Preference.objects.get_or_create(person=by)
        row = lock(Preference.objects.filter(person=by))[0]
        row.choices = {**row.choices, name: value}
        row.save(update_fields=["choices"])


@command
def star(*, url: str, title: str, place: str, by: Person, at: datetime) -> Favourite:
    """Put a star on a page."""
    mine = Favourite.objects.filter(person=by)
    if not mine.filter(url=local(url)).exists() and mine.count() >= MOST_FAVOURITES:
        raise DeskRefused(
            _("You have %(most)s favourites. Take the star off one that you no longer need.")
            % {"most": MOST_FAVOURITES}
        )
    facts = {"title": _title(title, url), "place": place[:80], "at": at}
    return Favourite.objects.update_or_create(person=by, url=local(url), defaults=facts)[0]


@command
def unstar(*, url: str, by: Person) -> None:
    """Take a star off."""
    Favourite.objects.filter(person=by, url=local(url)).delete()


@command
def visit(*, url: str, title: str, place: str, by: Person, at: datetime) -> None:
    """Remember that somebody opened a page; only the last few are kept."""
    facts: dict[str, Any] = {"title": _title(title, url), "place": place[:80], "at": at}
    Visited.objects.update_or_create(person=by, url=local(url), defaults=facts)
    old = Visited.objects.filter(person=by).values_list("pk", flat=True)[MOST_VISITED:]
    Visited.objects.filter(pk__in=list(old)).delete()


@command
def tell(*, person: Person, kind: str, title: str, url: str, by: Person, at: datetime) -> Notice | None:
    """Tell somebody something: it stands in their inbox until they have read it. Nobody tells themselves."""
    if person.pk == by.pk:
        return None
    told = Notice.objects.create(person=person, kind=kind, title=title[:200], url=local(url), by=by, at=at)
    live.push(f"person.{person.pk}", "notice", {"title": told.title, "url": told.url})
    return told


@command
def escalate(
    *, subject: Model, what: Callable[[], str], people: Iterable[Person], by: Person, at: datetime
) -> list[Notice]:
    """Tell people that something waits too long, those who may look at it, in their own language.

    One notice of it at a time: who has not read the last one has it before them still, and their bell moves again.
    """
    page, told = subjects.of_row(subject), []
    for person in people:
        if not page.is_open_to(person, subject):
            continue
        url = page.url(subject)
        unread = Notice.objects.filter(person=person, kind=NoticeKind.ESCALATION, url=url, read_at__isnull=True)
        if unread.exists():
            live.push(f"person.{person.pk}", "inbox")
            continue
        with override(person.language):
            title = _("Waits too long: %(what)s") % {"what": what()}
        told.append(tell(person=person, kind=NoticeKind.ESCALATION, title=title, url=url, by=by, at=at))
    return [notice for notice in told if notice is not None]


@command
def mark_read(*, keys: list[str], by: Person, at: datetime) -> None:
    """Note that somebody has seen these things in their inbox."""
    _mark(keys, by, read_at=at)
    Notice.objects.filter(person=by, pk__in=_notices(keys), read_at__isnull=True).update(read_at=at)
    live.push(f"person.{by.pk}", "inbox")


@command
def snooze(*, keys: list[str], until: datetime, by: Person) -> None:
    """Put things of the inbox away until a moment. A due time does not wait for that."""
    _mark(keys, by, snoozed_until=until)
    live.push(f"person.{by.pk}", "inbox")


def _mark(keys: list[str], by: Person, **facts: datetime) -> None:
    for key in sorted({key[:64] for key in keys if key}):
        InboxMark.objects.update_or_create(person=by, key=key, defaults=facts)


def _notices(keys: list[str]) -> list[int]:
    numbers = [key.removeprefix("notice-") for key in keys if key.startswith("notice-")]
    return [int(number) for number in numbers if number.isascii() and number.isdigit() and len(number) < 19]


def local(url: str) -> str:
    """An address of this plant, or a refusal: what leads elsewhere is not kept."""
    parts = urlsplit(url)
    is_ours = url.startswith("/") and not url.startswith(("//", "/\\")) and not (parts.scheme or parts.netloc)
    if not is_ours or len(url) > LONGEST_URL or any(character < " " for character in url):
        raise DeskRefused(_("Only pages of this plant can be kept here."))
    return url


def _title(title: str, url: str) -> str:
    return " ".join(title.split())[:LONGEST_TITLE] or url[:LONGEST_TITLE]
