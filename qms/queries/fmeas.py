"""FMEAs read: their chains with priorities, what is still to be filled in, and the risks nobody acts upon."""

from collections.abc import Iterable
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from plant.models import ReviewStatus
from qms import action_priority
from qms.models import Fmea, FmeaAction, FmeaActionStatus, FmeaLine, RevisionOpening

OPEN = (FmeaActionStatus.OPEN, FmeaActionStatus.IN_PROGRESS)
NEEDED = ("element", "function", "effect", "mode", "cause")
RATINGS = ("severity", "occurrence", "detection")
SHOWN = 8
UNRATED = Q(severity__isnull=True) | Q(occurrence__isnull=True) | Q(detection__isnull=True)
PRIORITY = Case(
    When(UNRATED, then=Value("")),
    *(
        When(**{f"{name}__range": tuple(getattr(cell, name)) for name in RATINGS}, then=Value(cell.priority))
        for cell in action_priority.CELLS if cell.priority != action_priority.LOW
    ),
    default=Value(action_priority.LOW), output_field=CharField(),
)
RPN = F("severity") * F("occurrence") * F("detection")


def listing() -> QuerySet[Fmea]:
    """Every revision of every FMEA: how many chains, how many of them high, how many actions are open."""
    lines = FmeaLine.objects.filter(fmea=OuterRef("pk")).order_by().values("fmea")
    rated = FmeaLine.objects.annotate(ap=PRIORITY).filter(fmea=OuterRef("pk"), ap="H").order_by().values("fmea")
    actions = FmeaAction.objects.filter(line__fmea__code=OuterRef("code"), status__in=OPEN).order_by()
    return Fmea.objects.select_related("material", "family").annotate(
        line_count=_count(lines), high_count=_count(rated), open_count=_count(actions.values("line__fmea__code")),
    )


def _count(rows: Any) -> Coalesce:
    return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0)


def lines(fmea: Fmea) -> list[FmeaLine]:
    """The chains of a revision in their order, each with how many of its actions are open."""
    rows = fmea.lines.select_related("characteristic", "changed_by", "copied_from__fmea")
    return list(rows.annotate(open_actions=_open_actions()).order_by("position", "pk"))


def _open_actions() -> Coalesce:
    """The open actions of a chain, in whichever revision they were planned."""
    return _count(FmeaAction.objects.filter(line__key=OuterRef("key"), status__in=OPEN).order_by().values("line__key"))


def risks() -> QuerySet[FmeaLine]:
    """Chains of revisions that are worked on or in effect, with their priority and whether somebody acts."""
    acted = Exists(FmeaAction.objects.filter(line__key=OuterRef("key")).exclude(status=FmeaActionStatus.CANCELLED))
    rows = FmeaLine.objects.exclude(fmea__status=ReviewStatus.OBSOLETE).annotate(
        ap=PRIORITY, number=RPN, acted=acted, open_actions=_open_actions()
    )
    return rows.select_related("fmea__material", "fmea__family", "characteristic")


def actions_of(line: FmeaLine) -> list[FmeaAction]:
    """Every action of a chain through all revisions, the next due first."""
    rows = FmeaAction.objects.filter(line__key=line.key).select_related("owner", "ended_by", "line__fmea")
    return list(rows.order_by("ended_at", "due_at", "pk"))


def missing(fmea: Fmea) -> list[tuple[int, list[str]]]:
    """The rows that are not whole: their place and the names of the empty columns."""
    found = []
    for place, line in enumerate(lines(fmea), start=1):
        empty = [name for name in NEEDED if not getattr(line, name)]
        empty += [name for name in RATINGS if getattr(line, name) is None]
        if empty:
            names = [str(FmeaLine._meta.get_field(name).verbose_name) for name in empty]  # type: ignore[union-attr]
            found.append((place, names))
    return found


def why_not_submit(fmea: Fmea) -> str:
    """Why a draft can't be handed in, or nothing."""
    if not fmea.lines.exists():
        return _("There is no failure chain yet. Write the first row.")
    rows = missing(fmea)
    if not rows:
        return ""
    told = "; ".join(f"{place}: {', '.join(names)}" for place, names in rows[:SHOWN])
    message = _("%(count)s rows are not whole yet. Fill in, row by row: %(rows)s.")
    return message % {"count": len(rows), "rows": told + (" …" if len(rows) > SHOWN else "")}


def seen(fmea: Fmea) -> dict[str, Any]:
    """What a person sees and signs when putting an FMEA into effect."""
    return {
        "fmea": str(fmea), "kind": fmea.kind, "name": fmea.name, "about": fmea.about, "routing": fmea.routing,
        "lines": [
            [str(line.key), line.element, line.function, line.effect, line.severity, line.mode, line.cause,
             line.prevention, line.occurrence, line.detection_control, line.detection, line.special,
             line.characteristic.code if line.characteristic else ""]
            for line in lines(fmea)
        ],
    }


def counts(rows: Iterable[FmeaLine]) -> dict[str, int]:
    """How many chains are of each priority; those not rated under an empty word."""
    found = dict.fromkeys((*action_priority.LEVELS, ""), 0)
    for row in rows:
        found[row.priority] += 1
    return found


def revisions(fmea: Fmea) -> list[Fmea]:
    """Every revision of the same code, the newest first."""
    return list(Fmea.objects.filter(code=fmea.code).order_by("-revision"))


def in_effect(code: str) -> Fmea | None:
    """The revision of a code that is in effect."""
    return Fmea.objects.filter(code=code, status=ReviewStatus.EFFECTIVE).first()


def openings(source_kind: str, source_id: str) -> list[RevisionOpening]:
    """The revisions of FMEAs and control plans that something (a CAPA) called for, with where they stand."""
    rows = RevisionOpening.objects.filter(source_kind=source_kind, source_id=source_id)
    return list(rows.select_related("fmea", "plan", "by").order_by("pk"))


def lendable(fmea: Fmea, text: str, most: int) -> list[FmeaLine]:
    """Chains of other FMEAs in effect (or never finished) that speak of something, the riskiest first."""
    rows = risks().exclude(fmea__code=fmea.code)
    for word in text.split():
        rows = rows.filter(
            Q(element__icontains=word) | Q(function__icontains=word) | Q(mode__icontains=word)
            | Q(cause__icontains=word) | Q(effect__icontains=word) | Q(fmea__code__icontains=word)
            | Q(fmea__family__code__icontains=word) | Q(fmea__material__code__icontains=word)
        )
    return list(rows.filter(fmea__kind=fmea.kind).order_by(F("number").desc(nulls_last=True), "pk")[:most])
