"""Signing in with number and password: guessing gets slower, and an outsider locks nobody out."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.contrib.auth import authenticate
from django.db import connection
from django.utils.translation import gettext as _

from plant import policies
from plant.commands import journal
from plant.errors import Refusal
from plant.models import Person, SignInFailures
from plant.queries.persons import system
from plant.transactions import command

FREE_TRIES = 3
FREE_TRIES_OF_ADDRESS = 30
LONGEST_WAIT = 900
FORGET_AFTER = timedelta(days=1)
COUNT = """
INSERT INTO plant_signinfailures AS f (account, address, failures, wait_until, last_at)
VALUES (%(account)s, %(address)s, 1, %(at)s, %(at)s)
ON CONFLICT (account, address) DO UPDATE SET
  failures = CASE WHEN f.last_at < %(forget)s THEN 1 ELSE f.failures + 1 END, last_at = %(at)s,
  wait_until = %(at)s + make_interval(secs => CASE
    WHEN f.last_at < %(forget)s OR f.failures + 1 <= %(free)s THEN 0
    ELSE least(%(longest)s, power(2, least(f.failures + 1 - %(free)s, 20))) END)
"""


class SignInRefused(Refusal):
    """A number and password that open nothing; the text is the same whether the number exists or not."""

    code = "sign-in-refused"


def sign_in(*, number: str, password: str, address: str, at: datetime) -> Person:
    """Who this is, if the password is right. Not itself one transaction: a wrong one must stay counted."""
    account = number.strip()[:40]
    wait = _wait(account, address, at)
    if wait > 0:
        raise SignInRefused(_("Too many wrong passwords from this device. Wait %(seconds)s seconds, then try again.")
                            % {"seconds": wait}, code="sign-in-delayed", facts={"retry_after": wait})
    person = authenticate(None, username=account, password=password)
    if not isinstance(person, Person):
        _count(account, address, at, Person.objects.filter(number=account).first())
        raise SignInRefused(_("The number or the password is wrong. Check both; capital letters count."))
    return _let_in(person, account, address)


@contextmanager
def counted(person: Person, *, at: datetime) -> Iterator[None]:
    """Slow down the guessing of a second factor, from wherever it comes: whoever guesses knows the password already."""
    account = f"{person.number[:35]}+code"
    wait = _wait(account, "", at)
    if wait > 0:
        raise SignInRefused(_("Too many wrong codes. Wait %(seconds)s seconds, then try again.") % {"seconds": wait},
                            code="sign-in-delayed", facts={"retry_after": wait})
    try:
        yield
    except Refusal:
        _count(account, "", at, person)
        raise
    SignInFailures.objects.filter(account=account, address="").delete()


def _wait(account: str, address: str, at: datetime) -> int:
    rows = SignInFailures.objects.filter(account__in=[account, ""], address=address, wait_until__gt=at)
    return max((round((row.wait_until - at).total_seconds()) + 1 for row in rows), default=0)


@command
def _count(account: str, address: str, at: datetime, person: Person | None) -> None:
    with connection.cursor() as cursor:
        for name, free in ((account, FREE_TRIES), ("", FREE_TRIES_OF_ADDRESS))[: 2 if address else 1]:
            cursor.execute(COUNT, {"account": name, "address": address, "at": at, "forget": at - FORGET_AFTER,
                                   "free": free, "longest": LONGEST_WAIT})
    if person:
        journal.record("person.sign-in-refused", subject=person, by=system("sign-in"), data={"address": address})


@command
def _let_in(person: Person, account: str, address: str) -> Person:
    SignInFailures.objects.filter(account=account, address=address).delete()
    journal.record("person.signed-in", subject=person, by=person, data={"address": address})
    return person


@command
def sign_out(*, by: Person) -> None:
    """Write down that somebody left."""
    journal.record("person.signed-out", subject=by, by=by)


def prove(*, person: Person, password: str, address: str, at: datetime) -> None:
    """Ask somebody who is signed in for their password again, as slow to guess as at the door."""
    sign_in(number=person.number, password=password, address=address, at=at)


@command
def sign_out_everywhere(*, person: Person, by: Person, at: datetime) -> None:
    """End every session of somebody, on whatever device; open pages notice within seconds."""
    if by.pk != person.pk:
        policies.check(by, "people.edit", on=person)
    Person.objects.filter(pk=person.pk).update(signed_out_at=at)
    person.signed_out_at = at
    journal.record("person.signed-out-everywhere", subject=person, by=by)


@command
def forget_old(*, at: datetime) -> int:
    """Drop counters that nobody has touched for long, so that guessed numbers do not pile up."""
    return SignInFailures.objects.filter(last_at__lt=at - FORGET_AFTER).delete()[0]
