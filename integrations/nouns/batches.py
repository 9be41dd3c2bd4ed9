"""Many rows of another system in one transaction: each told apart, and what many have in common asked for once."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import DataError, IntegrityError
from rest_framework.exceptions import ValidationError

from integrations.models import ExternalId
from integrations.nouns import intake
from integrations.nouns.commands import external_ids
from integrations.nouns.commands.external_ids import External
from integrations.nouns.intake import Outcome
from integrations.nouns.known import Known
from integrations.nouns.noun import Noun, Words
from plant import scoping
from plant.errors import Refusal
from plant.models import Person
from plant.transactions import command, undoable


@dataclass(frozen=True, slots=True)
class Sent:
    """One row as it was sent."""

    words: Mapping[str, Any]
    external: External | None = None


Told = dict[int, Outcome]


@command
def take_rows(noun: Noun, rows: Sequence[Sent], *, by: Person, at: datetime) -> list[Outcome]:
    """Take rows, each as `take_row` would, in their order; a bad one never stands in the way of a good one."""
    known, far, told = Known(), scoping.reach(by), Told()
    if noun.take_many is not None and far.is_everywhere and far.partner is None:
        known.ask_ahead(noun, [row.words for row in rows])
        try:
            with undoable():
                told = _together(noun, rows, known, by, at)
        except (Refusal, IntegrityError, DataError):
            told = {}  # one of them is in the way of all: each alone tells which
    return [
        told.get(place) or intake.take_row(noun, row.words, by=by, at=at, external=row.external, known=known)
        for place, row in enumerate(rows)
    ]


def _together(noun: Noun, rows: Sequence[Sent], known: Known, by: Person, at: datetime) -> Told:
    """What became of those that can be taken at once; the others are not among them, and are taken one by one."""
    told, fit = _checked(noun, rows, known)
    claims = external_ids.claim_many(
        externals=[one for place in fit if (one := rows[place].external)], noun=noun.code, at=at
    )
    for place in list(fit):
        settled = _settled(rows[place], claims)
        if settled is not None:
            told[place] = settled
        claim = _claim(rows[place], claims)
        if settled is not None or (claim and claim.key not in {"", rows[place].words.get(noun.key)}):
            del fit[place]  # another number than it had before is told alone
    _take(noun, rows, fit, claims, told, by, at)
    external_ids.let_go(rows=[row for row in claims.values() if not row.key])
    return told


Claims = Mapping[tuple[str, str], ExternalId]


def _checked(noun: Noun, rows: Sequence[Sent], known: Known) -> tuple[Told, dict[int, Words]]:
    """The rows in our words, and those that can't be; what is named twice is left out of both."""
    keys = Counter(str(row.words.get(noun.key)) for row in rows)
    numbers = Counter(row.external[:2] for row in rows if row.external)
    told, fit = Told(), dict[int, Words]()
    for place, row in enumerate(rows):
        if keys[str(row.words.get(noun.key))] > 1 or (row.external and numbers[row.external[:2]] > 1):
            continue
        try:
            fit[place] = known.checked(noun, dict(row.words))
        except ValidationError as error:
            told[place] = intake.invalid(noun, row.words, error)
    return told, fit


def _claim(row: Sent, claims: Claims) -> ExternalId | None:
    return claims[row.external.source, row.external.id] if row.external else None


def _settled(row: Sent, claims: Claims) -> Outcome | None:
    """What to tell of a version that was taken before."""
    claim = _claim(row, claims)
    if claim is None or row.external is None:
        return None
    try:
        return intake.before(claim, row.external, external_ids.digest(row.words))
    except Refusal:
        return None  # told when it is taken alone


def _take(
    noun: Noun, rows: Sequence[Sent], fit: dict[int, Words], claims: Claims, told: Told, by: Person, at: datetime
) -> None:
    many = noun.take_many(list(fit.values()), by, at) if noun.take_many and fit else ()
    kept = []
    for place, taken in zip(fit, many, strict=True):
        if isinstance(taken, Refusal):
            told[place] = intake.refused(noun, rows[place].words, taken)
        elif taken is not None:
            row, status = taken
            told[place] = Outcome(status, noun.key_of(row), row=row)
            claim, external = _claim(rows[place], claims), rows[place].external
            if claim is not None and external is not None:
                claim.key = noun.key_of(row)
                kept.append((claim, external, claim.key, external_ids.digest(rows[place].words)))
    external_ids.keep_many(kept=kept, at=at)
