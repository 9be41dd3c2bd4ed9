"""Mappings on the screen: written in a worksheet with a live preview, handed in, put into effect by somebody else."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from integrations.links.commands import mapping_rows, mappings
from integrations.links.queries import dictionary, previews
from integrations.links.queries import mappings as reading
from integrations.models import Mapping, MappingRow, OnError, Transform
from integrations.web.links import forms, lists
from plant.commands import signatures
from plant.errors import Refusal
from plant.models import Meaning
from plant.models.revision import UNFINISHED
from plant.queries import journal
from plant.web import worksheets
from plant.web.access import needs
from plant.web.acting import Acts, Dialogs, signed, valid
from plant.web.worksheets import Column, Row, Worksheet
from qms.web import reviewing
from qms.web.reviewing import ReasonForm


def find(number: int) -> Mapping:
    """One revision by its id."""
    rows = Mapping.objects.select_related("connection", "written_by", "submitted_by", "approved_by")
    return get_object_or_404(rows, pk=number)


@needs("mapping.edit")
def create(request: HttpRequest) -> HttpResponse:
    """Begin a mapping."""
    form = forms.MappingForm(request.POST or None, by=request.user, initial=request.GET.dict())
    refusal: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        try:
            made = mappings.create(**form.cleaned_data, by=request.user, at=timezone.now())
        except Refusal as error:
            refusal = error
        else:
            return redirect("integrations:mapping-detail", made.pk)
    status = 409 if refusal else 422 if form.errors else 200
    return render(request, "integrations/mapping/create.html", {"form": form, "refusal": refusal}, status=status)


def columns(mapping: Mapping) -> list[Column]:
    """The columns of the worksheet."""
    known = [(name, label) for name, label in dictionary.fields(mapping.noun, mapping.direction)]
    argument = "UNITS@uom, %Y%m%d, 0.001 …"
    return [
        Column("field", _("Our field"), "code", known),
        Column("path", _("Their path"), "short", width="l"),
        Column("transform", _("Transform"), "choice", Transform.choices),
        Column("argument", _("Argument"), "short", hint=argument),
        Column("then", _("Then"), "choice", Transform.choices),
        Column("then_argument", _("Its argument"), "short"),
        Column("default", _("Default"), "short"),
        Column("required", _("Required"), "check", width="s"),
        Column("on_error", _("On error"), "choice", OnError.choices),
        Column("meaning", _("Meaning"), width="l"),
    ]


def row(one: MappingRow) -> Row:
    """A row as the worksheet takes it."""
    names = (*mapping_rows.TEXTS, *mapping_rows.CHOICES, "required")
    return Row(str(one.key), one.version, {name: getattr(one, name) for name in names})


def sheet(mapping: Mapping, why: str) -> Worksheet:
    """The whole mapping."""
    url = reverse("integrations:mapping-rows", args=[mapping.pk])
    return Worksheet(_("Fields"), url, columns(mapping), [row(one) for one in mapping.rows.all()], why)


@needs("mapping.read")
def detail(request: HttpRequest, number: int, refusal: Refusal | None = None) -> HttpResponse:
    """One revision as a worksheet, and beside it what it makes of a sample."""
    mapping, dialogs = find(number), Dialogs(request, refusal)
    revisions = reading.revisions(mapping)
    begun = next((one for one in revisions if one.status in UNFINISHED and one.pk != mapping.pk), None)
    why = reviewing.why_not(request, mapping, "mapping", not_ready=reading.why_not_submit(mapping), begun=begun)
    context: dict[str, Any] = {
        "mapping": mapping, "dialogs": dialogs, "why": why, "steps": reviewing.steps(mapping),
        "sheet": sheet(mapping, why["edit"]), "revisions": revisions, "noun": lists.noun_name(mapping.noun),
        "timeline": journal.timeline(mapping, 30), "meaning": Meaning.APPROVED,
        "seen_hash": signatures.content_hash(reading.content(mapping)), "samples": previews.samples(mapping),
        "forms": {name: dialogs.form(name, ReasonForm) for name in ("send_back", "revise")},
        "preview": previews.of(mapping, request.GET.get("sample", "")),
        "preview_address": f"{reverse('integrations:mapping-state', args=[mapping.pk])}?{request.GET.urlencode()}",
    }
    return render(request, "integrations/mapping/detail.html", context, status=dialogs.status)


@needs("mapping.read")
def preview(request: HttpRequest, number: int) -> HttpResponse:
    """What the rows as they stand now make of a sample; the page asks again while rows are written."""
    mapping = find(number)
    context = {"mapping": mapping, "preview": previews.of(mapping, request.GET.get("sample", ""))}
    return render(request, "integrations/mapping/preview.html", context)


@require_POST
@needs("mapping.edit")
def rows(request: HttpRequest, number: int) -> HttpResponse:
    """Rows of the worksheet, each saved or refused for itself."""
    mapping, at = find(number), timezone.now()

    def save(key: Any, version: int, after: Any, values: dict[str, Any]) -> Row:
        said = {"key": key, "version": version, "after": after, "values": values}
        return row(mapping_rows.save(mapping=mapping, **said, by=request.user, at=at))

    def remove(key: Any, version: int) -> None:
        mapping_rows.remove(mapping=mapping, key=key, version=version, by=request.user, at=at)

    def standing(key: Any) -> Row | None:
        found = mapping.rows.filter(key=key).first()
        return row(found) if found else None

    return worksheets.answer(request, save=save, remove=remove, find=standing)


act = Acts(find=find, back="integrations:mapping-detail", page=detail)


@act("mapping.edit", done=gettext_lazy("Handed in. Somebody else reads and approves it."))
def submit(request: HttpRequest, mapping: Mapping) -> None:
    """Hand it in."""
    mappings.submit(mapping=mapping, by=request.user, at=timezone.now())


@act("mapping.approve", done=gettext_lazy("Sent back: it can be changed again."))
def send_back(request: HttpRequest, mapping: Mapping) -> None:
    """Let it be changed again."""
    said = valid(ReasonForm(request.POST, by=request.user))
    mappings.send_back(mapping=mapping, **said, by=request.user, at=timezone.now())


@act("mapping.approve", done=gettext_lazy("The mapping is effective; messages from now on go by it."))
def approve(request: HttpRequest, mapping: Mapping) -> None:
    """Put it into effect, signed."""
    mappings.approve(mapping=mapping, **signed(request), by=request.user, at=timezone.now())


@require_POST
@needs("mapping.edit")
def revise(request: HttpRequest, number: int) -> HttpResponse:
    """Begin the next revision and open it."""
    mapping = find(number)
    try:
        said = valid(ReasonForm(request.POST, by=request.user))
        fresh = mappings.revise(mapping=mapping, **said, by=request.user, at=timezone.now())
    except Refusal as refusal:
        return detail(request, number, refusal=refusal)
    return redirect("integrations:mapping-detail", fresh.pk)
