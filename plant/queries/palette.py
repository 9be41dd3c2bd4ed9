"""What the palette offers before anything is searched: what one opened last, favourites, pages, acts, help."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from plant import helping, navigation, policies
from plant.models import Favourite, Person, Visited
from plant.pinyin import initials
from plant.queries import desks

LANGUAGES = ("en", "zh-hans")


def offered(person: Person) -> list[dict[str, Any]]:
    """Lines for the palette, each with the words by which it is found in either language."""
    return [
        *[_kept(row, "recent", _("Opened lately")) for row in desks.visited(person)],
        *[_kept(row, "favourite", _("Favourite")) for row in desks.favourites(person)],
        *[_line(page, "page", _("Page"), page.icon, page.key) for page in navigation.pages(person)],
        *[{**_line(act, "act", _("Begin"), act.icon), "place": act.place} for act in navigation.acts(person)],
        *[_topic(topic) for topic in helping.topics() if policies.may(person, "home.view")],
    ]


def _kept(row: Visited | Favourite, group: str, kind: str) -> dict[str, Any]:
    page = navigation.page(row.place)
    where = str(page.label) if page else ""
    return {
        "group": group, "title": row.title, "url": row.url, "icon": page.icon if page else "point",
        "kind": " · ".join(filter(None, [where, kind])), "words": f"{row.title} {where}".lower(),
    }


def _line(entry: navigation.Page | navigation.Act, group: str, kind: str, icon: str, key: str = "") -> dict[str, Any]:
    title = str(entry.label)
    return {
        "group": group, "title": title, "url": reverse(entry.url_name), "icon": icon, "kind": kind, "key": key,
        "words": _words(entry.label),
    }


def _topic(topic: helping.Topic) -> dict[str, Any]:
    return {
        "group": "help", "title": topic.title, "url": reverse("plant:help-topic", args=[topic.name]), "icon": "help",
        "kind": _("Help"), "words": f"{topic.title} {initials(topic.title)}".lower(),
    }


def _words(label: Any) -> str:
    """A label in both languages, and the first letters of the Chinese one."""
    said = []
    for language in LANGUAGES:
        with override(language):
            said.append(str(label).lower())
    return " ".join([*said, initials(said[-1])])
