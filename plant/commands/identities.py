"""Signing in through the company's identity provider: it says who comes, the plant knows what they may."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from plant import policies
from plant.commands import journal
from plant.commands.sign_ins import SignInRefused
from plant.locks import lock
from plant.models import OutsideIdentity, Person, PersonKind
from plant.queries.persons import system
from plant.transactions import command


@dataclass(frozen=True, slots=True)
class Outside:
    """Whom the provider names: its own lasting id for somebody, and the staff number that goes with it."""

    issuer: str
    subject: str
    number: str


def sign_in(*, outside: Outside, address: str, at: datetime) -> Person:
    """The person behind an account that the provider proved. Not one transaction: a refusal stays written down."""
    person = Person.objects.filter(number=outside.number, kind=PersonKind.HUMAN).first() if outside.number else None
    if person is None:
        raise _refused("no-such-person", outside, address, None, _(
            "You are known there as “%(number)s”, but nobody in Zhizao has this staff number. "
            "Ask an administrator to add you, or to give your company account the right staff number."
        ) % {"number": outside.number[:40]})
    if not person.is_active:
        raise _refused("switched-off", outside, address, person, _(
            "Your account in Zhizao is switched off. Ask an administrator to switch it on."
        ))
    if not _is_theirs(outside, person, at):
        raise _refused("other-identity", outside, address, person, _(
            "This company account and staff number %(number)s do not belong together: one of them came with "
            "another before. If this is right now, an administrator lets the old account go "
            "on the person's page of the console."
        ) % {"number": person.number})
    return _let_in(person, outside, address)


def refuse(*, why: str, issuer: str, address: str) -> None:
    """Write down that an answer in the provider's name was not believed."""
    _write_down(why, Outside(issuer, "", ""), address, None)


def _refused(why: str, outside: Outside, address: str, person: Person | None, text: str) -> SignInRefused:
    _write_down(why, outside, address, person)
    return SignInRefused(text, code=why)


@command
def _write_down(why: str, outside: Outside, address: str, person: Person | None) -> None:
    doorman = system("sign-in")
    data = {"address": address, "through": outside.issuer, "why": why, "number": outside.number[:40]}
    journal.record("person.sign-in-refused", subject=person or doorman, by=doorman, data=data)


@command
def _is_theirs(outside: Outside, person: Person, at: datetime) -> bool:
    """The first account of a person is theirs from then on: a number that moves to another opens nothing."""
    lock(Person.objects.filter(pk=person.pk))
    here = OutsideIdentity.objects.filter(issuer=outside.issuer)
    known = here.filter(Q(person=person) | Q(subject=outside.subject))
    if not known.exists():
        theirs = OutsideIdentity(person=person, issuer=outside.issuer, subject=outside.subject, linked_at=at)
        OutsideIdentity.objects.bulk_create([theirs], ignore_conflicts=True)
        journal.record("person.identity", subject=person, by=person, data=_of(theirs))
    return all((row.person_id, row.subject) == (person.pk, outside.subject) for row in known.all())


@command
def _let_in(person: Person, outside: Outside, address: str) -> Person:
    data = {"address": address, "through": outside.issuer}
    journal.record("person.signed-in", subject=person, by=person, data=data)
    return person


@command
def forget(*, person: Person, by: Person, reason: str = "") -> int:
    """Let somebody's company account go: the next one that comes with their number is theirs. Not one's own."""
    policies.check(by, "people.edit", on=person)
    if by.pk == person.pk:
        text = _("Nobody lets their own company account go. Ask another administrator.")
        raise SignInRefused(text, code="own-identity")
    for row in OutsideIdentity.objects.filter(person=person):
        journal.record("person.identity-forgotten", subject=person, by=by, reason=reason, data=_of(row))
    return OutsideIdentity.objects.filter(person=person).delete()[0]


def _of(row: OutsideIdentity) -> dict[str, Any]:
    return {"issuer": row.issuer, "subject": row.subject}
