"""One thing of another system, taken in: checked, done by one command, and told what became of it."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import DataError, IntegrityError
from django.db.models import Model
from django.utils.translation import gettext as _
from rest_framework.exceptions import ErrorDetail, ValidationError

from integrations.models import ExternalId
from integrations.nouns.commands import external_ids
from integrations.nouns.commands.external_ids import External
from integrations.nouns.known import Known
from integrations.nouns.noun import Noun, Words
from plant import scoping
from plant.commands import journal
from plant.errors import Refusal
from plant.models import Person
from plant.spoken import spoken
from plant.transactions import command, undoable

CREATED, CHANGED, UNCHANGED, OLDER, REFUSED = "created", "changed", "unchanged", "older", "refused"
STATUSES = (CREATED, CHANGED, UNCHANGED, OLDER, REFUSED)
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one row; `key` is its number here, `errors` say by word what is wrong with it."""

    status: str
    key: str = ""
    row: Model | None = None
    code: str = ""
    detail: str = ""
    errors: dict[str, Any] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def is_refused(self) -> bool:
        return self.status == REFUSED


class NotTaken(Refusal):
    """Something that does not come in from outside, or not like this."""

    code = "not-taken"


@command
def take_row(
    noun: Noun, words: Mapping[str, Any], *, by: Person, at: datetime, external: External | None = None,
    known: Known | None = None,
) -> Outcome:
    """Take one row in its own savepoint; whatever is wrong with it is told, never raised, and leaves nothing behind."""
    try:
        with undoable():
            return _taken(noun, dict(words), by, at, external, known or Known())
    except ValidationError as error:
        return invalid(noun, words, error)
    except Refusal as refusal:
        return refused(noun, words, refusal)
    except (IntegrityError, DataError) as error:
        log.warning("%s of another system broke a rule of the database: %s", noun.code, error)
        message = _("The database refuses this row: it contradicts what is here. Look at its references and numbers.")
        return refused(noun, words, NotTaken(message, code="not-consistent"))


def _taken(
    noun: Noun, words: Words, by: Person, at: datetime, external: External | None, known: Known
) -> Outcome:
    if external is None:
        return _done(noun, words, by, at, known)
    digest = external_ids.digest(words)
    row = external_ids.claim(external=external, noun=noun.code, at=at)
    if (settled := before(row, external, digest)) is not None:
        return settled
    if row.key and noun.once:
        return once_more(row, external, digest)
    if row.key:
        check_same(noun, words, row.key)
        words = {**words, noun.key: row.key}
    outcome = _done(noun, words, by, at, known)
    external_ids.keep(row=row, external=external, key=outcome.key, digest=digest, at=at)
    return outcome


def once_more(row: ExternalId, external: External, digest: str) -> Outcome:
    """Something that happened comes again: with the same words nothing is to be done, with others it is not taken."""
    if row.digest != digest:
        message = _("%(id)s was taken already, as %(key)s, and said something else. Send what is new under a new id.")
        facts = {"id": external.id, "key": row.key}
        raise NotTaken(message % facts, code="taken-before", facts={"key": row.key})
    return Outcome(UNCHANGED, row.key)


def before(row: ExternalId, external: External, digest: str) -> Outcome | None:
    """What to tell of a version that was taken before, or that comes late; nothing where it is to be taken."""
    if external_ids.is_older(row, external):
        message = spoken("Version %(version)s was taken already.")
        return Outcome(OLDER, row.key, detail=message % {"version": row.version})
    return Outcome(UNCHANGED, row.key) if external_ids.is_known(row, external, digest) else None


def _done(noun: Noun, words: Words, by: Person, at: datetime, known: Known) -> Outcome:
    """Check the words, and let the noun's command have them."""
    if noun.takes is None or noun.take is None:
        raise NotTaken(_("%(noun)s can only be read.") % {"noun": noun.name})
    check_reach(noun, _said(noun, words), by)
    fields = known.checked(noun, words)
    entries = journal.written()
    row, is_new = noun.take(fields, by, at)
    is_changed = journal.written() != entries
    status = CREATED if is_new else CHANGED if is_changed else UNCHANGED
    return Outcome(status, noun.key_of(row), row=row)


def invalid(noun: Noun, words: Mapping[str, Any], error: ValidationError) -> Outcome:
    """A row whose words can't be accepted."""
    detail = _("Words can't be accepted; see “errors”.")
    return Outcome(REFUSED, _said(noun, words), code="invalid", detail=detail, errors=plain(error.detail))


def refused(noun: Noun, words: Mapping[str, Any], refusal: Refusal) -> Outcome:
    """A row that a command refuses."""
    return Outcome(REFUSED, _said(noun, words), code=refusal.code, detail=str(refusal.message), facts=refusal.facts)


def check_reach(noun: Noun, key: str, by: Person) -> None:
    """What is there already lies within the reach of whoever changes it."""
    far = scoping.reach(by)
    if not key or (far.is_everywhere and far.partner is None):
        return
    row = noun.every().filter(**noun.named(key)).first()
    if row is not None:
        scoping.check(by, row)


def check_same(noun: Noun, words: Words, key: str) -> None:
    """A thing keeps its number here, whatever the other system calls it later."""
    if words.get(noun.key) not in {None, "", key}:
        message = _("This is %(key)s here, and numbers here never change. Leave “%(word)s” out, or send %(key)s.")
        raise NotTaken(message % {"key": key, "word": noun.key}, code="other-key", facts={"key": key})


def _said(noun: Noun, words: Mapping[str, Any]) -> str:
    """The key that was sent, if it can be one."""
    key = words.get(noun.key)
    return key if isinstance(key, str) else ""


def plain(detail: Any) -> dict[str, Any]:
    """The errors of a serializer by word, as texts."""

    def told(one: Any) -> Any:
        if isinstance(one, dict):
            return {str(name): told(part) for name, part in one.items()}
        if isinstance(one, list):
            return [told(part) for part in one]
        return str(one) if isinstance(one, ErrorDetail) else one

    found = told(detail)
    return found if isinstance(found, dict) else {"non_field_errors": found}
