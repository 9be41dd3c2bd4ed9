"""One object of a file, taken in: what the file leaves open stays as it is here."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from integrations.formats.columns import Column
from integrations.imports.objects import ROW, Object, errors_of
from integrations.nouns import intake
from integrations.nouns.intake import REFUSED, Outcome
from integrations.nouns.noun import Noun
from plant.models import Person


def take(noun: Noun, one: Object, known: list[Column], *, by: Person, at: datetime) -> tuple[str, dict[str, str]]:
    """What became of it, and what is wrong with it by column."""
    if one.faults:
        return REFUSED, dict(one.faults)
    outcome = intake.take_row(noun, filled(noun, one.words, by), by=by, at=at)
    return outcome.status, told(outcome, known) if outcome.is_refused else {}


def filled(noun: Noun, words: dict[str, Any], by: Person) -> dict[str, Any]:
    """The words of the file over those of the row that is there, so that a column it has not is not emptied."""
    key = words.get(noun.key)
    if not isinstance(key, str) or not key or noun.takes is None:
        return words
    there = noun.find(by, key)
    if there is None:
        return words
    fields = noun.takes().fields
    return {name: said for name, said in noun.tell([there])[0].items() if name in fields} | words


def told(outcome: Outcome, known: list[Column]) -> dict[str, str]:
    """The errors of an outcome; there is always at least one."""
    found = errors_of(outcome.errors, known)
    return found or {ROW: outcome.detail or _("The row was refused.")}
