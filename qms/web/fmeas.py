"""FMEAs on the screen: begun, written in a worksheet, compared, handed in, put into effect."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from plant.commands import signatures
from plant.commands.row_edits import RowRefused
from plant.errors import Refusal
from plant.lists import sheets
from plant.models import Meaning
from plant.models.revision import UNFINISHED
from plant.queries import journal
from plant.web import worksheets
from plant.web.access import needs
from plant.web.acting import Acts, Dialogs, enter, signed, valid
from qms.commands import fmea_lines
from qms.commands import fmeas as commands
from qms.models import Fmea, FmeaLine
from qms.queries import fmea_compare
from qms.queries import fmeas as reading
from qms.web import fmea_sheet, reviewing
from qms.web.fmea_forms import FmeaForm
from qms.web.reviewing import ReasonForm

MOST_LENDABLE = 200


@needs("fmea.edit")
def create(request: HttpRequest) -> HttpResponse:
    """Begin an FMEA."""
    form = FmeaForm(request.POST or None, by=request.user, initial=request.GET.dict())

    def begun(data: dict[str, Any]) -> Fmea:
        return commands.create(**data, by=request.user, at=timezone.now())

    return enter(request, form, begun, template="qms/fmea/create.html", to="qms:fmea-detail", key="pk")


def found(number: int) -> Fmea:
    """One revision by its id."""
    return get_object_or_404(Fmea.objects.select_related("material", "family", "written_by", "approved_by"), pk=number)


@needs("fmea.read")
def detail(request: HttpRequest, number: int, refusal: Refusal | None = None) -> HttpResponse:
    """One revision as a worksheet, with where it stands and what it rests on."""
    fmea, dialogs, at = found(number), Dialogs(request, refusal), timezone.now()
    lines, revisions = reading.lines(fmea), reading.revisions(fmea)
    begun = next((one for one in revisions if one.status in UNFINISHED and one.pk != fmea.pk), None)
    not_ready = reading.why_not_submit(fmea) if fmea.status == "DRAFT" else ""
    why = reviewing.why_not(request, fmea, "fmea", not_ready=not_ready, begun=begun)
    older = next((one for one in revisions if one.revision < fmea.revision), None)
    context: dict[str, Any] = {
        "fmea": fmea, "dialogs": dialogs, "why": why, "steps": reviewing.steps(fmea), "revisions": revisions,
        "older": older, "sheet": fmea_sheet.worksheet(fmea, lines, why["edit"], at), "counts": reading.counts(lines),
        "open_actions": sum(getattr(line, "open_actions", 0) for line in lines),
        "openings": fmea.openings.select_related("by"), "timeline": journal.timeline(fmea, 30),
        "forms": {name: dialogs.form(name, ReasonForm) for name in ("send_back", "revise")},
        "seen_hash": signatures.content_hash(reading.seen(fmea)), "meaning": Meaning.APPROVED,
    }
    return render(request, "qms/fmea/detail.html", context, status=dialogs.status)


@require_POST
@needs("fmea.edit")
def rows(request: HttpRequest, number: int) -> HttpResponse:
    """Rows of the worksheet, each saved or refused for itself."""
    fmea, at = found(number), timezone.now()

    def save(key: Any, version: int, after: Any, values: dict[str, Any]) -> worksheets.Row:
        said = {"key": key, "version": version, "after": after, "values": values}
        line = fmea_lines.save(fmea=fmea, **said, by=request.user, at=at)
        return fmea_sheet.row(line)

    def remove(key: Any, version: int) -> None:
        fmea_lines.remove(fmea=fmea, key=key, version=version, by=request.user, at=at)

    return worksheets.answer(request, save=save, remove=remove, find=lambda key: fmea_sheet.find(fmea, key))


@needs("fmea.read")
def workbook(request: HttpRequest, number: int) -> StreamingHttpResponse:
    """The chains as a workbook; what it holds can be pasted back."""
    fmea = found(number)
    lines = [fmea_sheet.cells(line) for line in reading.lines(fmea)]
    written = sheets.as_xlsx(fmea.code, fmea_sheet.heads(), lines)
    answer = StreamingHttpResponse(written, content_type=sheets.MIMES["xlsx"])
    answer["Content-Disposition"] = f'attachment; filename="fmea-{fmea.pk}.xlsx"'
    return answer


@needs("fmea.read")
def compare(request: HttpRequest, number: int) -> HttpResponse:
    """Two revisions beside each other; the one before, unless another is asked for."""
    fmea = found(number)
    others = [one for one in reading.revisions(fmea) if one.pk != fmea.pk]
    asked = request.GET.get("with", "")
    other = next((one for one in others if str(one.pk) == asked), None) or next(
        (one for one in others if one.revision < fmea.revision), others[0] if others else None
    )
    old, new = (fmea, other) if other and other.revision > fmea.revision else (other, fmea)
    differences = fmea_compare.compare(old, new) if old and new else []
    drawn = [(one, *(fmea_sheet.priority(ap) if ap else "" for ap in (one.before, one.after))) for one in differences]
    options = [(str(one.pk), f"{one} · {one.get_status_display()}") for one in others]
    context = {"fmea": fmea, "old": old, "new": new, "differences": drawn, "options": options, "other": other}
    return render(request, "qms/fmea/compare.html", context)


@needs("fmea.edit")
def bring(request: HttpRequest, number: int) -> HttpResponse:
    """Find chains of other FMEAs and copy the chosen ones."""
    fmea, text = found(number), request.GET.get("q", "")
    refusal: Refusal | None = None
    if request.method == "POST":
        keys = [key for key in request.POST.getlist("line") if key.isdecimal()]
        lines = list(FmeaLine.objects.filter(pk__in=keys).select_related("fmea").order_by("fmea", "position"))
        try:
            if not lines:
                raise RowRefused(_("Choose at least one row."))
            made = fmea_lines.bring(fmea=fmea, lines=lines, by=request.user, at=timezone.now())
        except Refusal as error:
            refusal = error
        else:
            messages.success(request, _("%(count)s rows are copied; rate them anew for this product.") % {
                "count": len(made)})
            return redirect("qms:fmea-detail", fmea.pk)
    offered = [(line, fmea_sheet.priority(line.priority)) for line in reading.lendable(fmea, text, MOST_LENDABLE)]
    context = {"fmea": fmea, "lines": offered, "refusal": refusal}
    return render(request, "qms/fmea/bring.html", context, status=409 if refusal else 200)


act = Acts(find=found, back="qms:fmea-detail", page=detail)


@act("fmea.edit", done=gettext_lazy("Handed in. Somebody else reads and approves it."))
def submit(request: HttpRequest, fmea: Fmea) -> None:
    """Hand it in."""
    commands.submit(fmea=fmea, by=request.user, at=timezone.now())


@act("fmea.approve", done=gettext_lazy("Sent back: it can be changed again."))
def send_back(request: HttpRequest, fmea: Fmea) -> None:
    """Let it be changed again."""
    said = valid(ReasonForm(request.POST, by=request.user))
    commands.send_back(fmea=fmea, **said, by=request.user, at=timezone.now())


@act("fmea.approve", done=gettext_lazy("The FMEA is effective."))
def approve(request: HttpRequest, fmea: Fmea) -> None:
    """Put it into effect, signed."""
    commands.approve(fmea=fmea, **signed(request), by=request.user, at=timezone.now())


@require_POST
@needs("fmea.edit")
def revise(request: HttpRequest, number: int) -> HttpResponse:
    """Begin the next revision and open it."""
    fmea = found(number)
    try:
        said = valid(ReasonForm(request.POST, by=request.user))
        fresh = commands.revise(fmea=fmea, **said, by=request.user, at=timezone.now())
    except Refusal as refusal:
        return detail(request, number, refusal=refusal)
    return redirect("qms:fmea-detail", fresh.pk)
