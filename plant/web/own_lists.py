"""The lists of the ground: the record book, and people."""

import json
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from plant import policies, words
from plant.commands import persons
from plant.lists.description import Act, Column, Listing, Nothing
from plant.lists.filters import Choice, DateRange, Flag, Multi, PersonFilter, TextFilter
from plant.lists.looks import Moment, Post, State, Text, Who
from plant.models import JournalEntry, Person, PersonRole, Role
from plant.queries import journal, people
from plant.spoken import told_all


def entry_url(entry: JournalEntry) -> str:
    return reverse("plant:journal-detail", args=[entry.pk])


def named(text: str) -> Q:
    """The entries whose kind is called so."""
    return Q(kind__in=words.kinds(text))


JOURNAL = Listing(
    key="journal", title=_("Journal"), url="plant:journal-list", action="journal.read",
    subtitle=_("What was done, by whom, when and why. Nobody can change it."),
    rows=lambda viewer: JournalEntry.objects.all(), dress=lambda records, viewer: journal.titled(records),
    search=("subject_label", "reason"), search_also=named, placeholder=_("What, subject or reason"), order="-at",
    href=entry_url,
    columns=(
        Column(key="at", label=_("At"), look=Moment(style="second"), sort=("pk",)),
        Column(key="what", label=_("What"), value="title", look=Text(href=entry_url), sort=("kind",)),
        Column(key="kind", label=_("Kind"), hidden=True),
        Column(key="subject", label=_("Subject"), value="subject_label", sort=("subject_label",)),
        Column(key="by", label=_("By"), value="actor_name", look=Who(), sort=("actor_name",)),
        Column(key="number", label=_("Staff number"), value="actor", sort=("actor",), hidden=True),
        Column(key="reason", label=_("Reason"), look=Text(most=120)),
        Column(key="data", label=_("Data"), look=Text(most=120), hidden=True,
               value=lambda entry: json.dumps(told_all(entry.data), ensure_ascii=False)),
        Column(key="hash", label=_("Hash"), look=Text(most=12), hidden=True),
    ),
    filters=(
        Choice(key="kind", label=_("Kind"), options=words.known),
        TextFilter(key="subject", label=_("Subject"), field="subject_label"),
        PersonFilter(key="person", label=_("Person"), number="actor", name="actor_name"),
        DateRange(key="day", label=_("At"), field="at", words=("from", "to")),
    ),
    nothing=Nothing(
        title=_("Nothing is written down yet"), icon="history",
        text=_("Every act of a person or a machine is written down here by itself."),
    ),
)


def holds_role(role: str) -> Q:
    """The people with a role."""
    return Q(pk__in=PersonRole.objects.filter(role=role).values("person"))


def is_blocked(person: Person) -> bool:
    return person.pin_failures >= persons.TRIES


def standing(person: Person) -> Any:
    """What can be done with the badge, in one word."""
    if not person.is_active:
        return _("Switched off")
    return _("Blocked") if is_blocked(person) else _("Ready") if person.badge else ""


def tone(person: Person) -> tuple[str, str]:
    """The same as colour and icon."""
    if not person.is_active:
        return "unknown", "user-off"
    return ("failed", "lock") if is_blocked(person) else ("done", "id-badge")


def why_not_unblock(person: Person, request: HttpRequest) -> str:
    return policies.why_not(request.user, "badge.unblock")


PEOPLE = Listing(
    key="people", title=_("People"), url="plant:person-list", action="people.read",
    subtitle=_("Who works here, in which roles, and whose badge is blocked."), rows=lambda viewer: people.listed(),
    search=("number", "name"), placeholder=_("Staff number or name"), order="number",
    columns=(
        Column(key="number", label=_("Number"), sort=("number",)),
        Column(key="name", label=_("Name"), value=lambda person: person, look=Who(), sort=("name",)),
        Column(key="roles", label=_("Roles"), value=lambda person: ", ".join(map(str, people.roles_of(person)))),
        Column(key="site", label=_("Site"), value="site.name", sort=("site__name",)),
        Column(key="badge", label=_("Badge"), value=standing, look=State(word=standing, tone=tone)),
        Column(key="signed_in", label=_("Last signed in"), value="last_login", look=Moment(), sort=("last_login",),
               hidden=True),
        Column(key="acts", label=_("Acts"), value=is_blocked, look=Post(
            url=lambda person: reverse("plant:person-unblock", args=[person.pk]), label=_("Unblock"), icon="lock-open",
            why=why_not_unblock,
        )),
    ),
    filters=(
        Multi(key="role", label=_("Role"), options=Role.choices, query=holds_role),
        Flag(key="active", label=_("Active"), field="is_active"),
        Flag(key="blocked", label=_("Blocked"), query=lambda value: Q(pin_failures__gte=persons.TRIES)),
    ),
    acts=(
        Act(key="unblock", label=_("Unblock the badge"), action="badge.unblock", icon="lock-open",
            run=lambda person, by, at: persons.unblock_badge(person=person, by=by)),
    ),
    nothing=Nothing(
        title=_("Nobody yet"), icon="users", text=_("An administrator adds people in the console."),
    ),
)
