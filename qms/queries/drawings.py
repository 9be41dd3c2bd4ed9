"""Drawings read: their balloons, and the report of a first article by their numbers (AS9102)."""

from dataclasses import asdict, dataclass, field
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from plant import files
from plant.models import Person
from qms.models import Balloon, Drawing, FirstArticleReport, Inspection, InspectionStatus
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
class Part:
    """A line of form 2: a lot that was taken for it."""

    number: str
    material: str
    name: str
    supplier: str


@dataclass(frozen=True, slots=True)
class FirstArticle:
    """The report: the part (form 1), what it is made of (form 2), its characteristics (form 3).

    signed    where it was signed: then it says what was signed, whatever became of the records since
    """

    task: Inspection
    drawing: Drawing
    parts: list[Part]
    lines: list[Accounted] = field(default_factory=list)
    about: dict[str, str] = field(default_factory=dict)
    signed: FirstArticleReport | None = None

    @property
    def content(self) -> dict[str, Any]:
        """What is signed."""
        return {
            "about": self.about, "parts": [asdict(one) for one in self.parts],
            "lines": [asdict(one) for one in self.lines],
        }

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
    kept = FirstArticleReport.objects.select_related("drawing", "by").filter(inspection=task).first()
    if kept is not None:
        return as_signed(task, kept)
    found = {state.item.characteristic_id: state for state in inspections.items(task)}
    lines = [_accounted(one, found.get(one.characteristic_id or 0)) for one in balloons_of(drawing)]
    parents = Link.objects.filter(child=task.lot, reversed_by__isnull=True).values("parent")
    rows = MaterialLot.objects.filter(pk__in=parents).select_related("material", "supplier").order_by("number")
    parts = [
        Part(lot.number, lot.material.code, lot.material.name, lot.supplier.name if lot.supplier else "")
        for lot in rows
    ]
    about = {
        "part": task.lot.material.code, "name": task.lot.material.name, "lot": task.lot.number,
        "drawing": drawing.code, "revision": drawing.revision, "job_order": task.job_order,
        "inspector": task.inspector.name if task.inspector else "",
        "decided_at": task.decided_at.isoformat() if task.decided_at else "",
    }
    return FirstArticle(task, drawing, parts, lines, about)


def as_signed(task: Inspection, kept: FirstArticleReport) -> FirstArticle:
    """The report that somebody signed."""
    said = kept.content
    return FirstArticle(
        task, kept.drawing, [Part(**one) for one in said["parts"]], [Accounted(**one) for one in said["lines"]],
        said["about"], kept,
    )


def why_not_sign(person: Person, report: FirstArticle) -> str:
    """Why somebody can't sign a report, beside their rights; empty when they can."""
    if report.signed is not None:
        return _("It is signed already.")
    if report.task.status != InspectionStatus.DECIDED or not report.is_complete:
        return _("Find out every number of the drawing and decide the inspection first.")
    if person.pk in inspections.recorders(report.task):
        return _("You measured for it yourself. Somebody else must sign.")
    return ""


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
