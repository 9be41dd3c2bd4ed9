"""Which rows somebody may see and touch: those of their own sites, their own lines, or their own company."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from django.apps import apps
from django.db import connection, models
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from plant.errors import Refusal
from plant.models import JournalEntry, Partner, PartnerKind, Person, PersonKind, Role
from plant.scope import Scope
from plant.scopes import SCOPES

# From the places of a person down to every machine there, and up to what they stand in.
REACH = """
WITH RECURSIVE given AS (
    SELECT equipment_id AS id FROM plant_personplace WHERE person_id = %(person)s
), roots AS (
    SELECT e.id, e.parent_id, e.level FROM plant_equipment e
    WHERE e.id IN (SELECT id FROM given) OR (e.id = %(site)s AND NOT EXISTS (SELECT FROM given))
), down AS (
    SELECT * FROM roots
    UNION SELECT e.id, e.parent_id, e.level FROM plant_equipment e JOIN down ON e.parent_id = down.id
), up AS (
    SELECT * FROM roots
    UNION SELECT e.id, e.parent_id, e.level FROM plant_equipment e JOIN up ON up.parent_id = e.id
), within AS (
    SELECT * FROM down UNION SELECT * FROM up
)
SELECT id, level = 'SITE', EXISTS (SELECT FROM roots WHERE level <> 'SITE'),
  EXISTS (SELECT FROM plant_equipment e WHERE e.level = 'SITE' AND e.id NOT IN (SELECT id FROM within))
FROM within
"""
Row = TypeVar("Row", bound=models.Model)


class Foreign(Refusal):
    """Somebody acts on what belongs to a site, a line or a company that is not theirs."""

    code = "foreign"


@dataclass(frozen=True, slots=True)
class Reach:
    """How far somebody sees: everywhere, or these places; and for a partner only what is theirs."""

    is_everywhere: bool = False
    is_by_line: bool = False
    sites: frozenset[int] = frozenset()
    places: frozenset[int] = frozenset()
    partner: Partner | None = None


NOWHERE = Reach()
# Roles of people of other companies: without a company they see nothing.
OUTSIDE = frozenset({Role.SUPPLIER.value, Role.CUSTOMER.value})


def reach(person: Any) -> Reach:
    """How far a person sees, looked up once for each object that stands for them."""
    if not isinstance(person, Person) or not person.is_active:
        return NOWHERE
    if not hasattr(person, "_reach"):
        person._reach = _look_up(person)  # type: ignore[attr-defined]
    found: Reach = person._reach  # type: ignore[attr-defined]
    return found


def _look_up(person: Person) -> Reach:
    if person.kind == PersonKind.SYSTEM:
        return Reach(is_everywhere=True)
    if person.roles and person.roles <= OUTSIDE and person.partner is None:
        return NOWHERE
    with connection.cursor() as cursor:
        cursor.execute(REACH, {"person": person.pk, "site": person.site_id})
        rows = cursor.fetchall()
    is_by_line, has_other_sites = rows[0][2:] if rows else (False, False)
    return Reach(
        is_everywhere=not is_by_line and not has_other_sites,  # who has every site needs no site asked for
        is_by_line=is_by_line, partner=person.partner,
        sites=frozenset(pk for pk, is_site, *_rest in rows if is_site), places=frozenset(pk for pk, *_rest in rows),
    )


@cache
def scope_of(model: type[models.Model]) -> Scope:
    """Where a model's rows belong: as the table says, else as its own columns; a row of nowhere is nobody's."""
    meta = (model._meta.concrete_model or model)._meta
    names = {field.name for field in meta.get_fields() if isinstance(field, models.ForeignKey)}
    told = Scope(
        site="site" if "site" in names else "",
        place=next((name for name in ("line", "station", "equipment") if name in names), ""),
    )
    if meta.label not in SCOPES and told == Scope():
        raise LookupError(f"Say in plant/scopes.py where the rows of {meta.label} belong.")
    return SCOPES.get(meta.label, told)


def visible(rows: QuerySet[Row], person: Any) -> QuerySet[Row]:
    """Those of the rows that a person may see."""
    far = reach(person)
    if far is NOWHERE:
        return rows.none()
    scope = scope_of(rows.model)
    if scope.owner:
        return rows.filter(**{scope.owner: person.pk})
    if rows.model is JournalEntry and not (far.is_everywhere and far.partner is None):
        return rows.filter(_news(person)) if far.partner is None else rows.none()
    if far.partner is not None:
        rows = rows.filter(_business(scope, far.partner))
    return rows if far.is_everywhere or scope.is_shared else rows.filter(_place(rows.model, scope, far))


def within(rows: Iterable[Row], person: Any) -> list[Row]:
    """The same for rows that were read already: one question for all of them."""
    found = list(rows)
    far = reach(person)
    if not found or (far.is_everywhere and far.partner is None):
        return found
    asked = found[0]._meta.model._default_manager.filter(pk__in=[row.pk for row in found])
    allowed = set(visible(asked, person).values_list("pk", flat=True))
    return [row for row in found if row.pk in allowed]


def _news(person: Any) -> Q:
    """Journal entries about rows that a person sees; what has no site of its own is told to everybody."""
    told = [
        When(subject_kind=model._meta.model_name, then=Exists(
            visible(model._default_manager.filter(pk=Cast(OuterRef("subject_id"), model._meta.pk)), person)
        ))
        for label, scope in SCOPES.items()
        if not scope.is_shared and isinstance((model := apps.get_model(label))._meta.pk, models.BigAutoField)
    ]
    return Q(Case(*told, default=Value(value=True), output_field=models.BooleanField()))


def _place(model: type[models.Model], scope: Scope, far: Reach) -> Q:
    rule = Q()
    if scope.site:
        rule &= _within(model, scope.site, far.sites)
    if scope.place and (far.is_by_line or not scope.site):
        rule &= _within(model, scope.place, far.places)
    return rule


def _within(model: type[models.Model], path: str, places: frozenset[int]) -> Q:
    inside = Q(**{f"{path}__in": places})
    return inside | Q(**{f"{path}__isnull": True}) if _may_be_empty(model, path) else inside


@cache
def _may_be_empty(model: type[models.Model], path: str) -> bool:
    """Whether a path can end nowhere: asked only then, because the question makes every join an outer one."""
    for name in path.split("__"):
        field = model._meta.pk if name == "pk" else model._meta.get_field(name)
        if getattr(field, "null", False):
            return True
        model = getattr(field, "related_model", None) or model
    return False


def _business(scope: Scope, partner: Partner) -> Q:
    """A partner's own rows; of a model that no partner has business with, none."""
    path = scope.supplier if partner.kind == PartnerKind.SUPPLIER else scope.customer
    if path:
        return Q(**{path: partner.pk})
    if scope.customer_via and partner.kind == PartnerKind.CUSTOMER:
        own, label, field = scope.customer_via
        model: type[models.Model] = apps.get_model(label)
        theirs = model._default_manager.filter(_business(scope_of(model), partner))
        return Q(**{f"{own}__in": theirs.values(field)})
    return Q(pk__in=[])


def reaches(person: Any, row: models.Model) -> bool:
    """Whether a person may see one row; asks the database only when the row itself does not tell."""
    far = reach(person)
    scope = scope_of(row._meta.model)  # the row may be a lazy stand-in
    if far is NOWHERE or row == person:
        return far is not NOWHERE
    if scope.owner:
        return bool(_key(row, scope.owner) == person.pk)
    if far.is_everywhere and far.partner is None:
        return True
    if far.partner is None and scope.is_shared:
        return True
    path = scope.place if far.is_by_line or not scope.site else scope.site
    if far.partner is None and not far.is_by_line and "__" not in path:
        return _key(row, path) in {None, *(far.sites if scope.site else far.places)}
    return visible(row._meta.model._default_manager.filter(pk=row.pk), person).exists()


def _key(row: models.Model, path: str) -> Any:
    return row.pk if path == "pk" else getattr(row, row._meta.get_field(path).attname)  # type: ignore[union-attr]


def check(by: Person, row: models.Model) -> None:
    """Refuse an act on what is not within somebody's reach."""
    if not reaches(by, row):
        message = _("%(what)s belongs to another site or line than yours. Ask somebody who works there.")
        raise Foreign(message % {"what": row._meta.verbose_name}, facts={"subject": row._meta.label_lower})
