"""The list of gauge studies, and a study as it stands on paper."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from plant.lists.description import Column, Link, Listing, Nothing
from plant.lists.filters import DateRange, Multi, TextFilter
from plant.lists.looks import Moment, Number, State, Text
from plant.models import Person
from plant.printing import Sheet, Table, facts_of
from plant.templatetags.zz_states import ICONS
from spc.models import Study, StudyStatus, Verdict
from spc.queries import studies
from spc.web.studies import TONES, table_of

FACTS = ("gauge", "characteristic", "equipment", "method", "parts", "trials", "designed_by", "designed_at", "closed_at")


def study_url(study: Study) -> str:
    return reverse("spc:study-detail", args=[study.code])


def verdict_look(study: Study) -> tuple[str, str]:
    """Tone of a verdict, with the tone's own icon."""
    tone = TONES[study.verdict]
    return tone, ICONS[tone]


STUDIES = Listing(
    key="studies", title=_("Gauge studies"), url="spc:study-list", action="study.read",
    subtitle=_("How much of the spread of readings is the gauge's, and whether it may judge the tolerance."),
    rows=lambda viewer: studies.related(), search=("code", "gauge", "characteristic__code", "characteristic__name"),
    placeholder=_("Study, gauge or characteristic"), order="-designed", href=study_url,
    columns=(
        Column(key="study", label=_("Study"), value="code", look=Text(href=study_url, icon="ruler-measure"),
               sort=("code",)),
        Column(key="gauge", label=_("Gauge"), sort=("gauge",)),
        Column(key="characteristic", label=_("Characteristic"), value="characteristic.title",
               sort=("characteristic__name",)),
        Column(key="place", label=_("Place"), value="equipment.code", sort=("equipment__code",)),
        Column(key="status", label=_("State"), look=State(word=lambda one: one.get_status_display()), sort=("status",)),
        Column(key="progress", label=_("Measured"), value=lambda one: f"{one.filled} / {one.cells}", sort=("filled",)),
        Column(key="verdict", label=_("Verdict"),
               look=State(word=lambda one: one.get_verdict_display(), tone=verdict_look), sort=("verdict",)),
        Column(key="grr", label=_("GRR %"), value=lambda one: one.result.get("pct_grr"), look=Number(places=1)),
        Column(key="ndc", label=_("ndc"), value=lambda one: one.result.get("ndc"), look=Number(places=0)),
        Column(key="designed", label=_("Designed"), value="designed_at", look=Moment(style="date"),
               sort=("designed_at",)),
        Column(key="closed", label=_("Closed"), value="closed_at", look=Moment(style="date"), sort=("closed_at",),
               hidden=True),
    ),
    filters=(
        Multi(key="status", label=_("State"), options=StudyStatus.choices),
        Multi(key="verdict", label=_("Verdict"), options=Verdict.choices),
        TextFilter(key="gauge", label=_("Gauge"), field="gauge"),
        DateRange(key="designed", label=_("Designed"), field="designed_at", more=True),
    ),
    links=(Link(label=_("New study"), url="spc:study-new", action="study.design", icon="plus", kind="primary"),),
    nothing=Nothing(
        title=_("No gauge studies yet"), icon="ruler-measure",
        text=_("Study a gauge before you trust a chart or an inspection that rests on it."),
        links=(Link(label=_("New study"), url="spc:study-new", action="study.design", icon="plus"),),
    ),
)


def sheet(study: Study, reader: Person) -> Sheet:
    """The report of a study on paper: verdict, components, and every value as it was measured."""
    report = studies.report(study)
    told: list[tuple[str, str]] = [] if report.answer else [(gettext("Report"), report.refused)]
    rows = [
        (row["word"], *(_amount(row[name]) for name in ("stdev", "percent_contribution", "percent_study",
                                                        "percent_tolerance")))
        for row in table_of(report)
    ]  # fmt: skip
    values = [
        (str(one.part), one.appraiser, str(one.trial), _amount(one.value)) for one in study.readings.order_by(
            "part", "appraiser", "trial")
    ]  # fmt: skip
    heads = [gettext("Source"), gettext("Standard deviation"), gettext("% contribution"), gettext("% study variation"),
             gettext("% tolerance")]  # fmt: skip
    return Sheet(
        kind=gettext("Gauge study"), number=study.code, title=study.gauge,
        state=str(study.get_verdict_display() or study.get_status_display()), facts=facts_of(study, FACTS), texts=told,
        tables=[
            Table(gettext("Components of variation"), heads, rows, (1, 2, 3, 4)),
            Table(gettext("Values"), [gettext("Part"), gettext("Appraiser"), gettext("Trial"), gettext("Value")],
                  values, (0, 2, 3)),
        ],
    )  # fmt: skip


def _amount(value: Any) -> str:
    return "–" if value is None else f"{value:.4g}"
