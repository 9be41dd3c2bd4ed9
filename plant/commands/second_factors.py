"""The second factor: an authenticator app, and codes on paper for the day it is lost."""

import hashlib
import hmac
import secrets
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from plant import policies, totp
from plant.commands import journal
from plant.errors import Refusal
from plant.models import Person, RecoveryCode, SecondFactor
from plant.transactions import command

CODES, LETTERS = 10, "abcdefghjkmnpqrstuvwxyz23456789"


class WrongCode(Refusal):
    """A code that is wrong, old or used."""

    code = "wrong-code"


def shared(factor: SecondFactor) -> bytes:
    """What the app knows, too."""
    return totp.secret(bytes(factor.salt), settings.SECOND_FACTOR_KEY)


@command
def begin(*, by: Person) -> SecondFactor:
    """A secret for an app that is not confirmed yet; one that is stays as it is."""
    factor, _is_new = SecondFactor.objects.get_or_create(person=by, defaults={"salt": secrets.token_bytes(20)})
    return factor


@command
def confirm(*, typed: str, by: Person, at: datetime) -> list[str]:
    """The app shows the right code: from now on it is asked for. The recovery codes are told this once."""
    factor = SecondFactor.objects.filter(person=by, confirmed_at__isnull=True).first()
    if factor is None or not _use(factor, typed, at):
        raise WrongCode(_("This code is not right. Check the clock of your phone, then type the code of now."))
    SecondFactor.objects.filter(person=by).update(confirmed_at=at)
    journal.record("person.second-factor", subject=by, by=by)
    return _new_codes(by)


@command
def renew_codes(*, by: Person) -> list[str]:
    """New recovery codes; the old ones open nothing any more."""
    journal.record("person.recovery-codes", subject=by, by=by)
    return _new_codes(by)


@command
def remove(*, person: Person, by: Person, reason: str) -> None:
    """Take somebody's app away, because the phone is lost: they enrol another at the next sign-in. Not one's own."""
    policies.check(by, "people.edit", on=person)
    if by.pk == person.pk:
        raise Refusal(_("Nobody takes away their own second factor. Ask another administrator."), code="own-factor")
    SecondFactor.objects.filter(person=person).delete()
    RecoveryCode.objects.filter(person=person).delete()
    journal.record("person.second-factor-removed", subject=person, by=by, reason=reason)


def accepts(person: Person, typed: str, *, at: datetime) -> bool:
    """Whether a code is the app's or one from paper; each opens once."""
    factor = SecondFactor.objects.filter(person=person, confirmed_at__isnull=False).first()
    return bool(factor and _use(factor, typed, at)) or _use_paper(person, typed, at)


def _use(factor: SecondFactor, typed: str, at: datetime) -> bool:
    step = totp.step_of(shared(factor), typed, at.timestamp())
    unused = SecondFactor.objects.filter(pk=factor.pk, last_step__lt=step or 0)
    return step is not None and unused.update(last_step=step) == 1


@command
def _use_paper(person: Person, typed: str, at: datetime) -> bool:
    unused = RecoveryCode.objects.filter(person=person, code_hash=_kept(typed), used_at__isnull=True)
    if unused.update(used_at=at) != 1:
        return False
    journal.record("person.recovery-code-used", subject=person, by=person)
    return True


def _new_codes(person: Person) -> list[str]:
    RecoveryCode.objects.filter(person=person).delete()
    texts = ["".join(secrets.choice(LETTERS) for _place in range(12)) for _code in range(CODES)]
    RecoveryCode.objects.bulk_create(RecoveryCode(person=person, code_hash=_kept(text)) for text in texts)
    return [f"{text[:4]}-{text[4:8]}-{text[8:]}" for text in texts]


def _kept(typed: str) -> str:
    """What is stored of a code: it has 59 bits of chance and the plant's key, so a fast hash is enough."""
    text = "".join(letter for letter in typed.lower() if letter in LETTERS)
    return hmac.new(settings.SECOND_FACTOR_KEY.encode(), b"recovery" + text.encode(), hashlib.sha256).hexdigest()
