"""People: who they are, what they may do, and how they prove who they are at a tablet."""

from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils.translation import gettext as _

from plant import pins, policies
from plant.commands import journal
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Equipment, Person, PersonKind, PersonRole, Role
from plant.queries import people
from plant.queries.persons import system
from plant.transactions import command

TRIES = 5
COUNT_TRY = """
UPDATE plant_person SET pin_failures = pin_failures + 1 WHERE id = %s AND pin_failures <= %s RETURNING pin_failures
"""


class PersonRefused(Refusal):
    """A change to a person that may not be."""

    code = "person-refused"


class SignOnRefused(Refusal):
    """A badge and PIN that open nothing."""

    code = "sign-on-refused"


@command
def add(
    *, number: str, name: str, roles: Collection[str], by: Person, site: Equipment | None = None,
    language: str = "zh-hans", kind: str = PersonKind.HUMAN,
) -> Person:
    """Add somebody with their roles; they can sign in once a password or a badge and PIN is set."""
    policies.check(by, "people.edit", person=number)
    if Person.objects.filter(number=number).exists():
        raise PersonRefused(
            _("The number %(number)s was given before, and numbers are never given twice. Choose another.")
            % {"number": number}
        )
    person = Person(number=number, name=name, site=site, language=language, kind=kind)
    person.set_unusable_password()
    person.save()
    journal.record("person.added", subject=person, by=by, data={"number": number, "roles": sorted(roles)})
    _give_roles(person, roles)
    return person


@command
def set_roles(*, person: Person, roles: Collection[str], by: Person, reason: str = "") -> Person:
    """Give somebody exactly these roles. Nobody changes their own."""
    policies.check(by, "people.edit", person=person.number)
    if by.pk == person.pk:
        raise PersonRefused(_("Nobody changes their own roles. Ask another administrator."))
    lock(Person.objects.filter(pk=person.pk))
    was = set(PersonRole.objects.filter(person=person).values_list("role", flat=True))
    if was != set(roles):
        _give_roles(person, roles)
        change = {"roles": [sorted(was), sorted(roles)]}
        journal.record("person.roles", subject=person, by=by, reason=reason, data=change)
    return person


def _give_roles(person: Person, roles: Collection[str]) -> None:
    unknown = set(roles) - set(Role.values)
    if unknown:
        raise PersonRefused(_("There is no role called %(roles)s.") % {"roles": ", ".join(sorted(unknown))})
    PersonRole.objects.filter(person=person).exclude(role__in=roles).delete()
    for role in sorted(roles):
        PersonRole.objects.get_or_create(person=person, role=role)
    vars(person).pop("_roles", None)


@command
def set_password(*, person: Person, password: str, by: Person) -> Person:
    """Set somebody's password, if it is long enough and not a known one."""
    if by.pk != person.pk:
        policies.check(by, "people.edit", person=person.number)
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise PersonRefused(" ".join(error.messages)) from error
    person.set_password(password)
    person.save(update_fields=["password"])
    journal.record("person.password", subject=person, by=by)
    return person


@command
def set_badge(*, person: Person, badge: str, by: Person) -> Person:
    """Give somebody a badge, or take it away with an empty code; a badge belongs to one person."""
    policies.check(by, "people.edit", person=person.number)
    owner = people.by_badge(badge) if badge else None
    if owner and owner.pk != person.pk:
        raise PersonRefused(_("This badge belongs to %(name)s. Take it away there first.") % {"name": owner.name})
    Person.objects.filter(pk=person.pk).update(badge=badge or None, pin_failures=0)
    person.badge, person.pin_failures = badge or None, 0
    journal.record("person.badge", subject=person, by=by, data={"has_badge": bool(badge)})
    return person


@command
def set_pin(*, person: Person, pin: str, by: Person) -> Person:
    """Set the PIN that goes with somebody's badge: six digits or more, and not a simple run."""
    if by.pk != person.pk:
        policies.check(by, "people.edit", person=person.number)
    if not pins.is_well_formed(pin):
        raise PersonRefused(_("A PIN has 6 to 12 digits that are not all the same and not a run like 123456."))
    person.pin, person.pin_failures = pins.hashed(pin), 0
    person.save(update_fields=["pin", "pin_failures"])
    journal.record("person.pin", subject=person, by=by)
    return person


@command
def unblock_badge(*, person: Person, by: Person, reason: str = "") -> Person:
    """Let a badge try again after too many wrong PINs; not one's own."""
    policies.check(by, "badge.unblock", person=person.number)
    if by.pk == person.pk:
        raise PersonRefused(_("Nobody unblocks their own badge. Ask another team leader."))
    Person.objects.filter(pk=person.pk).update(pin_failures=0)
    person.pin_failures = 0
    journal.record("person.unblocked", subject=person, by=by, reason=reason)
    return person


@command
def choose_language(*, language: str, by: Person) -> Person:
    """Remember the language that somebody wants to read."""
    if language in dict(settings.LANGUAGES) and language != by.language:
        Person.objects.filter(pk=by.pk).update(language=language)
        by.language = language
    return by


@command
def choose_theme(*, theme: str, by: Person) -> Person:
    """Remember the look that somebody wants, for the next device that they sign in on."""
    if theme in ("light", "dark", "contrast", "auto") and theme != by.theme:
        Person.objects.filter(pk=by.pk).update(theme=theme)
        by.theme = theme
    return by


def sign_on_by_badge(badge: str, pin: str) -> Person:
    """Who stands at the tablet. Not itself one transaction: a wrong PIN must stay counted although it is refused."""
    person = people.by_badge(badge.strip())
    if person is None:
        pins.matches(pin, "")
        raise SignOnRefused(_("This badge is not known. Scan your own badge, or ask your team leader for one."))
    if not person.is_active:
        raise SignOnRefused(_("This badge belongs to an account that is switched off. Ask your team leader."))
    tries = _count_try(person)
    if tries > TRIES:
        raise SignOnRefused(_("This badge is blocked after %(tries)s wrong PINs. A team leader can unblock it.")
                            % {"tries": TRIES}, code="badge-blocked")
    if not pins.matches(pin, person.pin):
        raise SignOnRefused(_refused(person, tries))
    return _let_in(person)


def _count_try(person: Person) -> int:
    """Count before looking, so that tries at the same time are not free; this try's own number comes back."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT_TRY, [person.pk, TRIES])
        row = cursor.fetchone()
    return int(row[0]) if row else TRIES + 1


@command
def _refused(person: Person, tries: int) -> Any:
    kind = "person.blocked" if tries >= TRIES else "person.sign-on-refused"
    journal.record(kind, subject=person, by=system("tablet"), data={"tries": tries})
    if tries >= TRIES:
        return _("Wrong PIN, and the badge is now blocked. A team leader can unblock it.")
    return _("Wrong PIN. %(left)s more tries, then the badge is blocked.") % {"left": TRIES - tries}


@command
def _let_in(person: Person) -> Person:
    Person.objects.filter(pk=person.pk).update(pin_failures=0)
    person.pin_failures = 0
    journal.record("person.signed-on", subject=person, by=person)
    return person
