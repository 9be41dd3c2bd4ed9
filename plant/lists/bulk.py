"""The same act with many rows: rehearsed first, so that everybody sees which rows it would touch and which refuse.

The rehearsal calls the very command that will run, row by row, and takes each call back. So a preview cannot promise
what the command would refuse, and no rule is written twice. What a command tells open pages it tells after the commit,
which a rehearsal never reaches.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from plant.errors import Refusal
from plant.lists.description import Act, Viewer


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of one row; without a refusal it is done, or would be."""

    record: Any
    refusal: Refusal | None = None


def rehearse(act: Act, records: Sequence[Any], viewer: Viewer) -> list[Outcome]:
    """What the act would do with each row."""
    return [Outcome(record, _tried(act, record, viewer)) for record in records]


def _tried(act: Act, record: Any, viewer: Viewer) -> Refusal | None:
    try:
        with transaction.atomic():
            act.run(record, by=viewer.person, at=viewer.at, **act.trial)
            transaction.set_rollback(True)
    except Refusal as refusal:
        return refusal
    return None


def perform(
    act: Act, records: Sequence[Any], values: Mapping[str, Any], viewer: Viewer,
    refused: Mapping[Any, Refusal] | None = None,
) -> list[Outcome]:
    """Do it with each row, each in a transaction of its own; a refusal stops that row only, `refused` told before."""
    found = []
    for record in records:
        refusal: Refusal | None = (refused or {}).get(record.pk)
        if refusal is not None:
            found.append(Outcome(record, refusal))
            continue
        try:
            act.run(record, by=viewer.person, at=viewer.at, **values)
        except Refusal as refused:
            refusal = refused
        found.append(Outcome(record, refusal))
    return found
