"""Dossiers put away on the screen: the list, opening one as paper, workbook or sealed file, putting one away now."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from plant.lists.description import Column, Link, Listing, Nothing
from plant.lists.filters import Choice, DateRange, Reference, TextFilter
from plant.lists.looks import Moment, Number, State, Text, Who
from plant.lists.sheets import MIMES
from plant.queries import persons
from plant.web.access import needs
from traceability.models import DossierFile
from traceability.queries import archives, lots
from traceability.web import sealing
from traceability.web.list_parts import materials

# The part of the sealed file that is sent, its type, and whether browsers show it.
KINDS = {
    "pdf": (sealing.PAPER, "application/pdf", "inline"),
    "xlsx": (sealing.BOOK, MIMES["xlsx"], "attachment"),
    "zip": ("", "application/zip", "attachment"),
}


def paper_url(one: DossierFile) -> str:
    return reverse("traceability:lot-dossier-pdf", args=[one.lot.number, one.revision])


def lot_url(one: DossierFile) -> str:
    return reverse("traceability:lot-detail", args=[one.lot.number])


def row_url(one: DossierFile) -> str:
    """Its paper, as long as it is there."""
    return lot_url(one) if one.dropped_at else paper_url(one)


def state_word(one: DossierFile) -> str:
    return now("Dropped after its time") if one.dropped_at else now("Sealed")


ARCHIVE = Listing(
    key="archive", title=_("Archive of dossiers"), url="traceability:archive-list", action="archive.read",
    subtitle=_("The sealed dossiers of lots that were shipped, used up or whose work order ended."),
    rows=lambda viewer: archives.listing(), order="-at", href=row_url,
    search=("lot__number", "lot__job_order", "lot__supplier_lot", "lot__material__code"),
    placeholder=_("Lot, serial, work order, supplier's lot or material"),
    columns=(
        Column(key="lot", label=_("Lot or serial"), value="lot.number", look=Text(href=lot_url), sort=("lot__number",)),
        Column(key="revision", label=_("Revision"), look=Number(), sort=("revision",)),
        Column(key="material", label=_("Material"), value="lot.material.code", sort=("lot__material__code",)),
        Column(key="job", label=_("Work order"), value="lot.job_order", sort=("lot__job_order",)),
        Column(key="paper", label=_("Dossier"), look=Text(href=row_url, icon="file-certificate"),
               value=lambda one: "—" if one.dropped_at else "PDF"),
        Column(key="state", label=_("State"), look=State(word=state_word),
               value=lambda one: "EXPIRED" if one.dropped_at else "SEALED"),
        Column(key="size", label=_("Size in kB"), value=lambda one: -(-one.size // 1000), look=Number(),
               sort=("size",)),
        Column(key="at", label=_("Archived"), look=Moment(), sort=("at",)),
        Column(key="by", label=_("By"), look=Who(), sort=("by__name",), hidden=True),
        Column(key="sha256", label=_("Fingerprint"), hidden=True),
    ),
    filters=(
        Reference(key="material", label=_("Material"), field="lot__material__code", options=materials),
        TextFilter(key="job", label=_("Work order"), field="lot__job_order"),
        DateRange(key="at", label=_("Archived"), field="at"),
        Choice(key="state", label=_("State"), query=archives.in_state,
               options=[("there", _("Still kept")), ("gone", _("Dropped after its time"))]),
    ),
    links=(Link(label=_("Lots and serials"), url="traceability:lot-list", icon="packages"),),
    nothing=Nothing(
        title=_("Nothing is archived yet"), icon="archive",
        text=_("A dossier comes here by itself once its lot is shipped or used up, or its work order has ended, and "
               "nothing happened to it for some days."),
    ),
)


@require_GET
@needs("archive.read")
def file(request: HttpRequest, number: str, revision: int, kind: str) -> HttpResponse:
    """One dossier as it was put away, its seal looked at first."""
    one = archives.listing().filter(lot__number=number, revision=revision).first()
    if one is None:
        raise Http404
    name, media, how = KINDS[kind]
    data = archives.opened(one, request.user)
    answer = HttpResponse(sealing.part(data, name) if name else data, content_type=media)
    answer["Content-Disposition"] = f'{how}; filename="dossier-{one.lot_id}-{one.revision}.{kind}"'
    answer["X-Sealed-SHA256"] = one.sha256
    return answer


@require_POST
@needs("archive.keep")
def keep(request: HttpRequest, number: str) -> HttpResponse:
    """Put the dossier of a lot away now."""
    lot = lots.by_number(number)
    one = sealing.keep(lot, by=request.user, reader=persons.system("archive"), at=timezone.now())
    messages.success(request, now("Revision %(revision)s is archived.") % {"revision": one.revision})
    return redirect("traceability:lot-detail", number)
