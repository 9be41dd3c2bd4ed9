"""What the plant sees of its customers' scans: the products that were scanned, and one of them with its code."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from plant import policies
from plant.lists.description import Column, Link, Listing, Nothing
from plant.lists.filters import Flag
from plant.lists.looks import Moment, State, Text
from plant.web.access import needs
from traceability.models import PublicPage, PublicView
from traceability.queries import lots, public

SHOWN = 100
SETTINGS = Link(
    label=_("What is shown"), url="admin:traceability_publicview_changelist", action="master.edit", icon="eye",
)


def url(row: Any) -> str:
    return reverse("traceability:lot-public", args=[row.lot.number])


SCANNED = Listing(
    key="scanned", title=_("Scanned by customers"), url="traceability:scanned-list", action="public.read",
    subtitle=_("Products whose codes were scanned; those whose scans can't all be of one product come first."),
    rows=lambda viewer: public.scanned(), search=("lot__number", "lot__material__code", "lot__material__name"),
    placeholder=_("Lot, serial or material"), order="-doubted", href=url,
    columns=(
        Column(key="lot", label=_("Lot"), value="lot", look=Text(href=url, icon="qrcode"), sort=("lot__number",)),
        Column(key="material", label=_("Material"), value="lot.material", sort=("lot__material__code",)),
        Column(key="scans", label=_("Scans"), value="scans"),
        Column(
            key="doubt", label=_("Doubt"), value="doubt", sort=("doubt",),
            look=State(word=lambda row: row.get_doubt_display()),
        ),
        Column(key="doubted", label=_("Doubted since"), value="doubted_at", look=Moment(), sort=("doubted_at",)),
    ),
    filters=(Flag(key="doubt", label=_("Improbable"), query=lambda value: ~Q(doubt="")),),
    links=(SETTINGS,),
    nothing=Nothing(
        title=_("No code was scanned yet"), icon="qrcode",
        text=_("Print a label with the QR code for customers; what they scan appears here."),
    ),
)


@needs("public.read")
def detail(request: HttpRequest, number: str) -> HttpResponse:
    """A product's page as strangers see it: its address, what is shown to them, and who scanned it where."""
    lot, now = lots.by_number(number), timezone.now()
    told = public.told(lot, now)
    view = public.view_of(lot)
    names = [field for field in PublicView._meta.fields if field.name.startswith("shows_")]
    context = {
        "switches": [(field.verbose_name, getattr(view, field.name)) for field in names],
        "lot": lot, "told": told, "view": view, "customer": public.customer(lot),
        "page": PublicPage.objects.filter(lot=lot).first(), "places": public.places(lot)[:SHOWN],
        "label_url": reverse("traceability:label-page", args=["lot", lot.number]),
        "page_url": reverse("public:page", args=[told.code]) if told else "",
        "link": public.link(lot, request.build_absolute_uri("/").rstrip("/")),
        "settings_url": reverse("admin:traceability_publicview_changelist"),
        "why_not_edit": policies.why_not(request.user, "master.edit"),
        "why_not_print": policies.why_not(request.user, "lot.print"),
    }
    return render(request, "traceability/public/inside.html", context)
