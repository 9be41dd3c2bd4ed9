"""Finding anything by its number, code or name."""

import unicodedata

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from plant import addresses, helping, navigation, policies, scoping, search, subjects
from plant.models import Person
from plant.search import Hit

LONGEST = 200
MOST_PAGES, MOST_HELP, MOST_NAMED = 6, 4, 4
CODES, SHORTEST = ("number", "code"), 3
GROUP_SEPARATOR = "\x1d"


def clean(text: str) -> str:
    """A code as it was scanned: no control or invisible characters but the group separator, in one Unicode form."""
    shown = "".join(c for c in text[:LONGEST] if c == GROUP_SEPARATOR or unicodedata.category(c)[0] != "C")
    return unicodedata.normalize("NFC", shown).strip(" ")


def find(text: str, person: Person) -> list[Hit]:
    """Everything that a text leads to and the person may see, exact hits first."""
    code = clean(text)
    if not code or not policies.may(person, "search.use"):
        return []
    hits = search.find(code, person)
    return hits if any(hit.exact for hit in hits) else [*named(code, person), *hits]


def named(code: str, person: Person) -> list[Hit]:
    """Whatever has a page of its own and carries this very number or code, where no room found it: one look each."""
    found = []
    for subject in subjects.all_kinds() if len(code) >= SHORTEST and any(sign.isdigit() for sign in code) else []:
        names = {field.name for field in subject.model._meta.get_fields()} & set(CODES)
        if not names or not policies.may(person, subject.action):
            continue
        spelt = Q(**{f"{min(names)}__in": {code, code.upper()}})
        rows = scoping.visible(subject.model._default_manager.filter(spelt), person).order_by("-pk")[:MOST_NAMED]
        kind = str(capfirst(subject.model._meta.verbose_name or ""))
        found += [Hit(str(row)[:120], subject.url(row), kind, exact=len(rows) == 1, icon="file-search") for row in rows]
    return [hit for hit in found if addresses.leads(hit.url, person)]


def exact(hits: list[Hit]) -> Hit | None:
    """The one thing that a code names, when it names exactly one."""
    found = [hit for hit in hits if hit.exact]
    return found[0] if len(found) == 1 else None


def people(code: str, person: Person) -> list[Hit]:
    """People by staff number or name."""
    if not policies.may(person, "people.read"):
        return []
    rows: QuerySet[Person] = Person.objects.filter(Q(number__iexact=code) | Q(name__icontains=code))
    rows = scoping.visible(rows, person)[:5]
    return [
        Hit(title=row.name, url=f"{reverse('plant:person-list')}?q={row.number}", kind=_("Person"), detail=row.number,
            exact=row.number.lower() == code.lower(), icon="user")
        for row in rows
    ]


def pages(code: str, person: Person) -> list[Hit]:
    """Pages of the navigation and things that can be begun, by a part of their name."""
    lines: list[navigation.Page | navigation.Act] = [*navigation.pages(person), *navigation.acts(person)]
    found = [line for line in lines if code.lower() in str(line.label).lower()]
    return [Hit(str(line.label), reverse(line.url_name), _("Page"), icon=line.icon) for line in found[:MOST_PAGES]]


def helps(code: str, person: Person) -> list[Hit]:
    """Help that speaks of it."""
    found = [topic for topic in helping.find(code) if ":" in topic.name]
    return [
        Hit(topic.title, reverse("plant:help-topic", args=[topic.name]), _("Help"), icon="help")
        for topic in found[:MOST_HELP]
    ]


search.register(people)
search.register(pages)
search.register(helps)
