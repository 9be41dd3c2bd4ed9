"""Mappings as they are read: the one in effect, its rows as rules, their code lists."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from integrations.links.mapping import Cell, How, Rule, Step
from integrations.links.transforms import CodeList
from integrations.models import CodeMapEntry, Connection, Mapping, MappingRow
from plant.models import ReviewStatus

LONGEST = 400


def every() -> "QuerySet[Mapping]":
    """All revisions with what a list shows."""
    return Mapping.objects.select_related("connection", "written_by", "approved_by")


def code_of(connection: Connection, noun: str, direction: str) -> str:
    """What the revisions of one mapping have in common."""
    return f"{connection.code}.{noun}.{direction.lower()}"


def in_effect(connection: Connection, noun: str, direction: str, at: datetime) -> Mapping | None:
    """The mapping that counts at a moment."""
    rows = Mapping.objects.filter(code=code_of(connection, noun, direction), effective__contains=at)
    return rows.exclude(status=ReviewStatus.DRAFT).prefetch_related("rows").first()


def rules(mapping: Mapping) -> list[Rule]:
    """The rows as the engine takes them."""
    return [rule(row) for row in mapping.rows.all()]


def rule(row: MappingRow) -> Rule:
    """One row."""
    steps = [(row.transform, row.argument), (row.then, row.then_argument)]
    return Rule(
        row.field, row.path, tuple(Step(kind, argument) for kind, argument in steps if kind), row.default,
        row.required, row.on_error,
    )


def how(mapping: Mapping) -> How:
    """The format, the code lists, the zone of the plant."""
    return How(mapping.format, lists(), settings.TIME_ZONE, mapping.root)


def lists() -> dict[str, CodeList]:
    """Every code list."""
    found: dict[str, dict[str, tuple[str, Decimal]]] = {}
    for code, theirs, ours, factor in CodeMapEntry.objects.values_list("code_map__code", "theirs", "ours", "factor"):
        found.setdefault(code, {})[theirs] = (ours, factor)
    return {code: CodeList(pairs) for code, pairs in found.items()}


def told(cells: Iterable[Cell]) -> list[dict[str, Any]]:
    """The report of a message as it is kept."""
    return [
        {"field": cell.field, "path": cell.path, "theirs": short(cell.theirs), "ours": short(cell.ours),
         "fault": cell.fault, "note": cell.note}
        for cell in cells
    ]  # fmt: skip


def short(value: Any) -> Any:
    """A value, no longer than one looks at."""
    return value if value is None or isinstance(value, bool | int | float) else str(value)[:LONGEST]


def plain(tree: Any) -> Any:
    """A tree with exact numbers as texts, as it can be kept and checked."""
    if isinstance(tree, dict):
        return {str(name): plain(one) for name, one in tree.items()}
    if isinstance(tree, list):
        return [plain(one) for one in tree]
    return str(tree) if isinstance(tree, Decimal) else tree


def why_not_submit(mapping: Mapping) -> str:
    """Why a draft can't be handed in, or nothing."""
    return "" if mapping.rows.exists() else _("The mapping has no rows yet. Enter at least one.")


def revisions(mapping: Mapping) -> list[Mapping]:
    """All revisions, the newest first."""
    return list(Mapping.objects.filter(code=mapping.code).order_by("-revision"))


def content(mapping: Mapping) -> dict[str, Any]:
    """What a person signs: every row as it stands."""
    names = ("field", "path", "transform", "argument", "then", "then_argument", "default", "required", "on_error")
    return {
        "mapping": str(mapping), "format": mapping.format, "root": mapping.root,
        "rows": [{name: getattr(row, name) for name in names} for row in mapping.rows.all()],
    }
