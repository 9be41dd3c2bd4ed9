"""Impact reviews on the screen: the list, one review with what was measured, its decisions and its close."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plant import policies
from plant.commands import signatures
from plant.errors import Refusal
from plant.lists.description import Column, Link, Listing, Nothing
from plant.lists.filters import Choice, TextFilter
from plant.lists.looks import Moment, Number, State, Text, Who
from plant.models import Meaning
from plant.queries import journal
from plant.web.access import needs
from plant.web.acting import Acts, Dialogs, signed, valid
from qms.commands import impacts
from qms.models import ImpactReview, ImpactStatus
from qms.queries import impacts as reading
from qms.web.gauge_forms import ImpactForm


def review_url(one: ImpactReview) -> str:
    return reverse("qms:impact-detail", args=[one.number])


REVIEWS = Listing(
    key="impact-reviews", title=gettext_lazy("Impact reviews"), url="qms:impact-list", action="impact.read",
    subtitle=gettext_lazy("What gauges measured before they were found out, and what became of it."),
    rows=lambda viewer: reading.listing(), search=("number", "gauge__code", "gauge__name"),
    placeholder=gettext_lazy("Number or gauge"), order="-opened", href=review_url,
    columns=(
        Column(key="number", label=gettext_lazy("Number"), look=Text(href=review_url, icon="zoom-question"),
               sort=("number",)),
        Column(key="gauge", label=gettext_lazy("Gauge"), sort=("gauge__code",)),
        Column(key="status", label=gettext_lazy("State"), look=State(word=lambda one: one.get_status_display()),
               sort=("status",)),
        Column(key="undecided", label=gettext_lazy("Left to decide"), look=Number(), sort=("undecided",)),
        Column(key="items", label=gettext_lazy("Under review"), value="item_count", look=Number(),
               sort=("item_count",)),
        Column(key="since", label=gettext_lazy("Last good calibration"), look=Moment(style="date"), sort=("since",)),
        Column(key="opened", label=gettext_lazy("Opened"), value="opened_at", look=Moment(), sort=("opened_at",)),
        Column(key="closed", label=gettext_lazy("Closed"), value="closed_at", look=Moment(), sort=("closed_at",),
               hidden=True),
        Column(key="by", label=gettext_lazy("Closed by"), value="closed_by", look=Who(), sort=("closed_by__name",),
               hidden=True),
    ),
    filters=(
        Choice(key="status", label=gettext_lazy("State"), options=ImpactStatus.choices, default=(ImpactStatus.OPEN,),
               blank=gettext_lazy("Everything open")),
        TextFilter(key="gauge", label=gettext_lazy("Gauge"), field="gauge__code"),
    ),
    nothing=Nothing(
        title=gettext_lazy("No review is open"), icon="circle-check",
        text=gettext_lazy("A review opens by itself when a calibration finds a gauge wrong."),
        links=(Link(label=gettext_lazy("Gauges"), url="qms:gauge-list", icon="ruler-2"),),
    ),
)


@needs("impact.read")
def detail(request: HttpRequest, number: str, refusal: Refusal | None = None) -> HttpResponse:
    """One review: what was measured since the last good calibration, and what became of each."""
    review, dialogs = reading.by_number(number), Dialogs(request, refusal)
    items = reading.items(review)
    left = [one for one in items if not one.decision]
    is_open = review.status == ImpactStatus.OPEN
    over = "" if is_open else _("It is closed.")
    own = _("You recorded the calibration yourself. Somebody else must close it.")
    close = over or (own if review.calibrated_by_id == request.user.pk else "")
    close = close or (_("Decide of every measurement first.") if left else "")
    context = {
        "review": review, "items": items, "left": left, "is_open": is_open, "dialogs": dialogs,
        "ticked": set(request.POST.getlist("items")) if dialogs.refusal else set(),
        "form": dialogs.form("decide", ImpactForm), "timeline": journal.timeline(review),
        "why_not_decide": policies.why_not(request.user, "impact.decide") or over,
        "why_not_close": policies.why_not(request.user, "impact.close") or close, "meaning": Meaning.CLOSED,
        "seen_hash": signatures.content_hash(reading.seen(review)),
    }
    return render(request, "qms/impact/detail.html", context, status=dialogs.status)


act = Acts(find=reading.by_number, back="qms:impact-detail", page=detail)


@act("impact.decide", done=gettext_lazy("Decided."))
def decide(request: HttpRequest, review: ImpactReview) -> None:
    """Decide of the ticked measurements."""
    said = valid(ImpactForm(request.POST, by=request.user))
    chosen = [int(one) for one in request.POST.getlist("items") if one.isdecimal()]
    impacts.decide(review=review, items=chosen, **said, by=request.user, at=timezone.now())


@act("impact.close", done=gettext_lazy("Closed."))
def close(request: HttpRequest, review: ImpactReview) -> None:
    """Close it, signed."""
    impacts.close(review=review, **signed(request), by=request.user, at=timezone.now())
