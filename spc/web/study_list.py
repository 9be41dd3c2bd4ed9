"""The list of gauge studies."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from plant.lists.description import Column, Link, Listing, Nothing
from plant.lists.filters import DateRange, Multi, TextFilter
from plant.lists.looks import Moment, Number, State, Text
from plant.templatetags.zz_states import ICONS
from spc.gauging.answers import share
from spc.models import Study, StudyKind, StudyStatus, Verdict
from spc.queries import studies
from spc.web.studies import TONES


def study_url(study: Study) -> str:
    return reverse("spc:study-detail", args=[study.code])


def share_of(study: Study) -> float | None:
    """Percent of the tolerance that the measuring takes."""
    limits = study.characteristic
    return None if study.spread is None else share(study.spread, limits.lower, limits.upper)


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
        Column(key="kind", label=_("Kind"), value="get_kind_display", sort=("kind",)),
        Column(key="gauge", label=_("Gauge"), sort=("gauge",)),
        Column(key="characteristic", label=_("Characteristic"), value="characteristic.title",
               sort=("characteristic__name",)),
        Column(key="place", label=_("Place"), value="equipment.code", sort=("equipment__code",)),
        Column(key="status", label=_("State"), look=State(word=lambda one: one.get_status_display()), sort=("status",)),
        Column(key="progress", label=_("Measured"), value=lambda one: f"{one.filled} / {one.cells}", sort=("filled",)),
        Column(key="verdict", label=_("Verdict"),
               look=State(word=lambda one: one.get_verdict_display(), tone=verdict_look), sort=("verdict",)),
        Column(key="share", label=_("Of the tolerance, %"), value=share_of, look=Number(places=1)),
        Column(key="smallest", label=_("May judge from"), value=studies.smallest_tolerance, look=Number(places=4),
               hidden=True),
        Column(key="designed", label=_("Designed"), value="designed_at", look=Moment(style="date"),
               sort=("designed_at",)),
        Column(key="closed", label=_("Concluded"), value="closed_at", look=Moment(style="date"), sort=("closed_at",),
               hidden=True),
        Column(key="approved", label=_("Approved"), value="approved_at", look=Moment(style="date"),
               sort=("approved_at",), hidden=True),
    ),
    filters=(
        Multi(key="kind", label=_("Kind"), options=StudyKind.choices),
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
