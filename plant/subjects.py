"""The things that have a page of their own: a room registers them, and people can talk about them and print them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.urls import get_resolver, reverse
from django.utils.translation import gettext_lazy as _

from plant import policies, scoping, words
from plant.models import Person
from plant.printing import Sheet


@dataclass(frozen=True, slots=True)
class Subject:
    """A kind of thing: its rows, who may look at them, its page, how it stands on paper, who lays files beside it."""

    model: type[models.Model]
    action: str
    url_name: str
    key: str = "number"
    sheet: Callable[[Any, Person], Sheet] | None = None
    attach: str = "talk.attach"

    @property
    def kind(self) -> str:
        return self.model._meta.model_name or ""

    def url(self, row: models.Model) -> str:
        """The page of one row."""
        return reverse(self.url_name, args=[getattr(row, self.key)])

    def is_open_to(self, person: Person, row: models.Model) -> bool:
        """Whether somebody may look at this row."""
        return policies.may(person, self.action) and scoping.reaches(person, row)


LARGEST_KEY = 2**63
_SUBJECTS: dict[str, Subject] = {}


def register(*subjects: Subject) -> None:
    """Add kinds of things; the same kind again replaces it."""
    for subject in subjects:
        _SUBJECTS[subject.kind] = subject
        words.register({
            f"{subject.kind}.commented": _("Comment"),
            f"{subject.kind}.comment-withdrawn": _("Comment withdrawn"),
            f"{subject.kind}.attached": _("File attached"),
            f"{subject.kind}.attachment-removed": _("File removed"),
        })


def of(kind: str) -> Subject | None:
    """The kind of this name, if a room registered it."""
    return _SUBJECTS.get(kind)


def of_row(row: models.Model) -> Subject:
    """The kind of a row; KeyError where its room did not register it.

    Rooms register with their doors; a worker that has none opened yet opens them here.
    """
    kind = row._meta.model_name or ""
    if kind not in _SUBJECTS:
        list(get_resolver().url_patterns)
    return _SUBJECTS[kind]


def all_kinds() -> list[Subject]:
    """Every registered kind."""
    return list(_SUBJECTS.values())


def find(kind: str, pk: int | str, person: Person) -> tuple[Subject, models.Model] | None:
    """A row and its kind, if it exists and this person may look at it."""
    subject = of(kind)
    row = subject.model._default_manager.filter(pk=pk).first() if subject and int(pk) < LARGEST_KEY else None
    return (subject, row) if subject and row is not None and subject.is_open_to(person, row) else None
