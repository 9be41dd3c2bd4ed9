"""Where a row of master data is used: what would stand in the way of deleting it."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import models

from plant import scoping
from plant.models import Person

SHOWN, COUNTED = 10, 1000


@dataclass(frozen=True, slots=True)
class Use:
    """One kind of record that refers to a row; `count` stops at COUNTED and counts what belongs elsewhere too."""

    model: type[models.Model]
    title: str
    field: str
    count: int
    rows: list[Any]
    elsewhere: int = 0

    @property
    def is_more(self) -> bool:
        return self.count > COUNTED

    @property
    def rest(self) -> int:
        return self.count - self.elsewhere - len(self.rows)


def where_used(subject: models.Model, person: Person, but: Collection[str] = ()) -> list[Use]:
    """Every kind of record that refers to a subject, but for its own parts and the history that triggers keep.

    What a person does not reach is counted, for it stands in the way too, and not named.
    """
    found = []
    for relation in subject._meta.related_objects:
        model = relation.related_model
        if isinstance(model, str) or _is_history(model) or relation.get_accessor_name() in but:
            continue
        rows = model._default_manager.filter(**{relation.field.name: subject})
        count = rows.order_by()[: COUNTED + 1].count()
        if count:
            title = str(model._meta.verbose_name_plural)
            field = str(getattr(relation.field, "verbose_name", relation.field.name))
            near = _near(rows, person)
            elsewhere = count - near.order_by()[: COUNTED + 1].count()
            found.append(Use(model, title, field, count, list(near[:SHOWN]), elsewhere))
    return sorted(found, key=lambda use: -use.count)


def _near(rows: models.QuerySet[Any], person: Person) -> models.QuerySet[Any]:
    """Those within a person's reach; links of two records, which no table of ours names, are the subject's own."""
    return rows if rows.model._meta.auto_created else scoping.visible(rows, person)


def _is_history(model: type[models.Model]) -> bool:
    return any(field.name == "pgh_id" for field in model._meta.concrete_fields)
