"""Studies of gauges: what is still to be measured, what came out, what a gauge's earlier studies said."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from plant import policies
from plant.errors import Refusal
from plant.models import Person
from spc.gauging import answers
from spc.gauging.answers import Design, Reading
from spc.models import Study, StudyPart, StudyReading, StudyStatus


class UnknownStudy(Refusal):
    """A code that no study carries."""

    code = "unknown-study"


@dataclass(frozen=True, slots=True)
class Report:
    """What the analysis of a study answers, or in words why there is no answer yet."""

    answer: dict[str, Any] | None
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Share:
    """How far one appraiser is."""

    appraiser: str
    done: int
    of: int


@dataclass(frozen=True, slots=True)
class Gauge:
    """What the newest approved study of a characteristic says of the tolerance that holds today."""

    study: Study
    share: float | None


def related() -> QuerySet[Study]:
    """Studies with all that a page says of them, and how many of their cells are filled."""
    filled = Count("readings", filter=Q(readings__measured_at__isnull=False))
    return Study.objects.select_related(
        "equipment__parent", "characteristic__parameter__unit", "designed_by", "concluded_by", "approved_by"
    ).annotate(filled=filled, cells=Count("readings"))


def by_code(code: str) -> Study:
    """The study with this code."""
    study = related().filter(code=code).first()
    if study is None:
        raise UnknownStudy(_("There is no gauge study “%(code)s”.") % {"code": code[:80]})
    return study


def outcome(cell: StudyReading) -> float | str | None:
    """What stands in a cell: a number, a word, or nothing yet."""
    return cell.rating or cell.value


def waiting(study: Study, appraiser: str = "") -> StudyReading | None:
    """The next cell to measure in the order that was drawn, of one appraiser or of all."""
    rows = StudyReading.objects.filter(study=study, measured_at__isnull=True)
    return (rows.filter(appraiser=appraiser) if appraiser else rows).order_by("place").first()


def mine(study: Study, by: Person, place: int | None = None) -> StudyReading | None:
    """The cell that a person filled last, or that one of theirs, so that a slip can be put right; nobody else's."""
    rows = StudyReading.objects.filter(study=study, measured_by=by)
    return (rows if place is None else rows.filter(place=place)).order_by("-measured_at", "-place").first()


def progress(study: Study) -> list[Share]:
    """How far each appraiser is, without a word about what they measured."""
    rows = StudyReading.objects.filter(study=study).order_by().values_list("appraiser")
    found = {who: Share(who, done, of) for who, done, of in rows.annotate(Count("measured_at"), Count("pk"))}
    return [found[who] for who in study.appraisers if who in found]


def parts(study: Study) -> dict[int, StudyPart]:
    """The parts by number."""
    return {part.number: part for part in StudyPart.objects.filter(study=study)}


def may_look(by: Person) -> bool:
    """Whether a person may see values while they are collected; whoever measures must not."""
    return policies.may(by, "study.close")


def design_of(study: Study) -> Design:
    """What an analysis must know of a study."""
    known, limits = parts(study).values(), study.characteristic
    return Design(
        kind=study.kind, method=study.method, settings=study.settings, lower=limits.lower, upper=limits.upper,
        references={part.number: part.reference for part in known if part.reference is not None},
        standards={part.number: part.standard for part in known if part.standard},
    )


def readings(study: Study) -> list[Reading]:
    """What was measured so far."""
    rows = StudyReading.objects.filter(study=study, measured_at__isnull=False).order_by("place")
    return [Reading(row.part, row.appraiser, row.trial, outcome(row)) for row in rows]


def report(study: Study) -> Report:
    """The analysis of a study by its own kind, against the tolerance of its characteristic."""
    if study.result:
        return Report(study.result)
    missing = StudyReading.objects.filter(study=study, measured_at__isnull=True).count()
    if missing:
        return Report(None, _("%(n)s measurements are still to be made.") % {"n": missing})
    try:
        return Report(answers.analyse(design_of(study), readings(study)))
    except ValueError:
        return Report(None, _("All values are equal, so nothing can be told. Look at the resolution of the gauge."))


def seen(study: Study) -> dict[str, Any]:
    """What a person sees and signs when approving a study."""
    names = ("code", "kind", "gauge", "parts", "appraisers", "trials", "method", "settings", "verdict", "conclusion")
    limits = study.characteristic
    return {
        **{name: getattr(study, name) for name in names}, "result": study.result, "spread": study.spread,
        "characteristic": [limits.code, limits.lower, limits.upper],
        "values": [list(reading) for reading in readings(study)],
    }  # fmt: skip


def earlier(study: Study) -> QuerySet[Study]:
    """What other studies said of the same gauge: its record, the newest first."""
    rows = Study.objects.filter(gauge=study.gauge).exclude(verdict="").exclude(pk=study.pk)
    return rows.select_related("characteristic").order_by("-closed_at")


def gauges_of(characteristics: Iterable[int]) -> dict[int, Gauge]:
    """The newest approved study that tells the spread of the measuring, by the characteristic it was made for."""
    rows = Study.objects.filter(
        characteristic__in=set(characteristics), status=StudyStatus.APPROVED, spread__isnull=False
    ).select_related("characteristic")
    found = {}
    for study in rows.order_by("approved_at"):
        limits = study.characteristic
        found[study.characteristic_id] = Gauge(study, answers.share(study.spread or 0.0, limits.lower, limits.upper))
    return found


def smallest_tolerance(study: Study) -> float | None:
    """The least width between limits that the gauge may judge; None where the kind does not tell."""
    return None if study.spread is None else 100 * study.spread / answers.LARGEST_SHARE
