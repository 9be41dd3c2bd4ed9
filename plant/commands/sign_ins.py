"""Signing in with number and password: guessing gets slower, and an outsider locks nobody out."""

from datetime import datetime, timedelta

from django.contrib.auth import authenticate
from django.db import connection
from django.utils.translation import gettext as _

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
        _count(account, address, at)
        raise SignInRefused(_("The number or the password is wrong. Check both; capital letters count."))
    return _let_in(person, account, address)


def _wait(account: str, address: str, at: datetime) -> int:
    rows = SignInFailures.objects.filter(account__in=[account, ""], address=address, wait_until__gt=at)
    return max((round((row.wait_until - at).total_seconds()) + 1 for row in rows), default=0)


@command
def _count(account: str, address: str, at: datetime) -> None:
    with connection.cursor() as cursor:
        for name, free in ((account, FREE_TRIES), ("", FREE_TRIES_OF_ADDRESS)):
            cursor.execute(COUNT, {"account": name, "address": address, "at": at, "forget": at - FORGET_AFTER,
                                   "free": free, "longest": LONGEST_WAIT})
    person = Person.objects.filter(number=account).first()
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


@command
def forget_old(*, at: datetime) -> int:
    """Drop counters that nobody has touched for long, so that guessed numbers do not pile up."""
    return SignInFailures.objects.filter(last_at__lt=at - FORGET_AFTER).delete()[0]
