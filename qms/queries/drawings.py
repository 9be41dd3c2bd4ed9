"""Drawings read: their balloons, and the report of a first article by their numbers (AS9102)."""

from dataclasses import dataclass, field

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from plant import files
from qms.models import Balloon, Drawing, Inspection
from qms.queries import inspections
from qms.queries.inspections import ItemState
from traceability.models import Link, MaterialLot


def listing() -> QuerySet[Drawing]:
    """Every revision of every drawing."""
    return Drawing.objects.select_related("material", "by").annotate(balloon_count=Count("balloons"))


def balloons_of(drawing: Drawing) -> list[Balloon]:
    """The balloons by number."""
    return list(drawing.balloons.select_related("characteristic__parameter__unit").order_by("number"))


def for_inspection(task: Inspection) -> list[Drawing]:
    """The drawings of what an inspection looks at, the newest first."""
    return list(Drawing.objects.filter(material=task.lot.material_id).order_by("-at", "-pk"))


@files.register
def spoken_of(keys: set[str]) -> set[str]:
    """Of some keys of files, those of drawings."""
    return set(Drawing.objects.filter(key__in=keys).values_list("key", flat=True))


@dataclass(frozen=True, slots=True)
class Accounted:
    """A line of form 3: a number of the drawing, what is required there, and what was found."""

    number: int
    page: int
    name: str
    requirement: str
    designator: str
    results: list[str]
    verdict: str  # PASS, FAIL, or empty while nothing was found
    gauge: str = ""


@dataclass(frozen=True, slots=True)
class FirstArticle:
    """The report: the part (form 1), what it is made of (form 2), its characteristics (form 3)."""

    task: Inspection
    drawing: Drawing
    parts: list[MaterialLot]
    lines: list[Accounted] = field(default_factory=list)

    @property
    def drawing_key(self) -> str:
        """The drawing as addresses name it."""
        return str(self.drawing.pk)

    @property
    def is_complete(self) -> bool:
        """Every number was found out."""
        return bool(self.lines) and all(line.verdict for line in self.lines)

    @property
    def is_good(self) -> bool:
        """Every number is as required."""
        return self.is_complete and all(line.verdict == "PASS" for line in self.lines)


def first_article(task: Inspection, drawing: Drawing) -> FirstArticle:
    """The numbers of a drawing with what an inspection found of each."""
    found = {state.item.characteristic_id: state for state in inspections.items(task)}
    lines = [_accounted(one, found.get(one.characteristic_id or 0)) for one in balloons_of(drawing)]
    parents = Link.objects.filter(child=task.lot, reversed_by__isnull=True).values("parent")
    parts = MaterialLot.objects.filter(pk__in=parents).select_related("material", "supplier").order_by("number")
    return FirstArticle(task, drawing, list(parts), lines)


def _accounted(balloon: Balloon, state: ItemState | None) -> Accounted:
    one = balloon.characteristic
    name = one.title if one else _("Note")
    required = balloon.requirement
    if one is not None and not one.is_counted:
        ends = " … ".join("" if value is None else f"{value:g}" for value in (one.lower, one.upper))
        required = f"{ends} {one.parameter.unit.symbol} {required}".strip()
    results, verdict = _found(state)
    designator = str(one.get_importance_display()) if one else ""
    return Accounted(balloon.number, balloon.page, name, required, designator, results, verdict)


def _found(state: ItemState | None) -> tuple[list[str], str]:
    """What an inspection found of a characteristic, and whether that is good."""
    if state is None:
        return [], ""
    if state.item.characteristic.is_counted:
        results = [f"{one.found} / {one.inspected}" for one in state.counts]
    else:
        results = [f"{result.value:g}" for _sample, result in state.samples if result]
    if not state.is_complete:
        return results, ""
    return results, "PASS" if state.passed else "FAIL"
