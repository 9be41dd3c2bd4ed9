"""Studies of gauges: what is still to be measured, what came out, what a gauge's earlier studies said."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from plant.errors import Refusal
from spc.analyses import answers, gage_rr
from spc.models import Study, StudyReading


class UnknownStudy(Refusal):
    """A code that no study carries."""

    code = "unknown-study"


@dataclass(frozen=True, slots=True)
class Report:
    """What the analysis of a study answers, or in words why there is no answer yet."""

    answer: dict[str, Any] | None
    refused: str = ""


def related() -> QuerySet[Study]:
    """Studies with all that a page says of them, and how many of their cells are filled."""
    filled = Count("readings", filter=Q(readings__value__isnull=False))
    return Study.objects.select_related(
        "equipment__parent", "characteristic__parameter__unit", "designed_by"
    ).annotate(filled=filled, cells=Count("readings"))


def by_code(code: str) -> Study:
    """The study with this code."""
    study = related().filter(code=code).first()
    if study is None:
        raise UnknownStudy(_("There is no gauge study “%(code)s”.") % {"code": code[:80]})
    return study


def waiting(study: Study, appraiser: str = "") -> StudyReading | None:
    """The next cell to measure in the order that was drawn, of one appraiser or of all."""
    rows = StudyReading.objects.filter(study=study, value__isnull=True)
    return (rows.filter(appraiser=appraiser) if appraiser else rows).order_by("place").first()


def cell(study: Study, place: int) -> StudyReading | None:
    """One cell by its place in the order."""
    return StudyReading.objects.filter(study=study, place=place).first()


def last(study: Study, appraiser: str = "") -> StudyReading | None:
    """The value that was kept last, so that a slip can be put right at once."""
    rows = StudyReading.objects.filter(study=study, value__isnull=False)
    return (rows.filter(appraiser=appraiser) if appraiser else rows).order_by("-measured_at", "-place").first()


def report(study: Study) -> Report:
    """The analysis of a study by its own method, against the tolerance of its characteristic."""
    if study.result:
        return Report(study.result)
    columns = _columns(study)
    missing = columns["value"].count(None)
    if missing:
        return Report(None, _("%(n)s measurements are still to be made.") % {"n": missing})
    limits = study.characteristic
    try:
        found = gage_rr.analyse(columns, method=study.method, lsl=limits.lower, usl=limits.upper)
        return Report(answers.plain(found))
    except ValueError:
        return Report(None, _("All values are equal, so nothing can be told. Look at the resolution of the gauge."))


def earlier(study: Study) -> QuerySet[Study]:
    """What other studies said of the same gauge: its record, the newest first."""
    rows = Study.objects.filter(gauge=study.gauge).exclude(verdict="").exclude(pk=study.pk)
    return rows.select_related("characteristic").order_by("-closed_at")


def by_part(study: Study) -> dict[str, Any]:
    """Every value over its part, one series an appraiser."""
    return _series(study, "part")


def by_appraiser(study: Study) -> dict[str, Any]:
    """Every value over its appraiser, one series a trial."""
    return _series(study, "trial")


def _series(study: Study, group: str) -> dict[str, Any]:
    rows = [row for row in study.readings.order_by("trial", "place") if row.value is not None]
    over = "part" if group == "part" else "appraiser"
    names = [str(n) for n in range(1, study.parts + 1)] if over == "part" else list(study.appraisers)
    series: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        name = row.appraiser if group == "part" else _("Trial %(n)s") % {"n": row.trial}
        series.setdefault(name, []).append({"at": str(getattr(row, over)), "value": row.value})
    return {
        "unit": study.characteristic.parameter.unit.symbol, "categories": names,
        "series": [{"name": name, "points": points} for name, points in series.items()],
    }  # fmt: skip


def components(study: Study) -> dict[str, Any]:
    """Which share of the total variance each source has, for a bar chart; empty while there is no answer."""
    answer = report(study).answer
    words = {
        "repeatability": _("Repeatability"), "appraiser": _("Appraisers"),
        "interaction": _("Appraiser × part"), "part": _("Part to part"),
    }  # fmt: skip
    found = answer["components"] if answer else {}
    bars = [
        {"label": word, "value": found[name]["percent_contribution"]} for name, word in words.items() if name in found
    ]
    return {"unit": "%", "bars": bars}


def _columns(study: Study) -> dict[str, list[Any]]:
    names = ("part", "appraiser", "trial", "value")
    rows = list(study.readings.order_by("part", "place").values_list(*names))
    return dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))
