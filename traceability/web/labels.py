"""One label on the screen: looked at, printed with its reason, scanned back; and where a scanned label leads."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from plant import policies, subjects
from plant.errors import Refusal
from plant.models import Equipment, MaterialDefinition
from plant.web.access import needs
from plant.web.acting import Dialogs, valid
from plant.web.forms import CodeField, Form
from traceability import label_files
from traceability.commands import labels as commands
from traceability.label_layout import Drawing
from traceability.models import LabelPrint, LabelTemplate
from traceability.queries import labels, lots
from traceability.queries.labels import NoLabel, Thing

FRESH = timedelta(minutes=10)  # so long a recorded print may be sent to the printer again
TYPES = {
    "pdf": "application/pdf", "png": "image/png", "svg": "image/svg+xml", "zpl": "text/plain; charset=utf-8",
}  # fmt: skip


class PrintForm(Form):
    """Why it is printed again."""

    reason = forms.CharField(label=_("Why again"), max_length=200, widget=forms.Textarea({"rows": 2}))


class VerifyForm(Form):
    """The label where it sticks."""

    code = CodeField(label=_("Scan the label where it sticks"), max_length=400)


FORMS = {"print": PrintForm, "verify": VerifyForm}


@needs("lot.read")
def follow(request: HttpRequest, number: str) -> HttpResponse:
    """What the QR code of a label opens: the lot's page."""
    lot = lots.by_number(number)
    return HttpResponseRedirect(reverse("traceability:lot-detail", args=[lot.number]))


def drawn(request: HttpRequest, thing: Thing) -> tuple[Drawing, LabelTemplate | None]:
    """The label as it is printed now, and by which template."""
    form = labels.template(thing)
    return labels.drawing(thing, form, request.build_absolute_uri("/")), form


@needs("label.print")
def page(request: HttpRequest, sort: str, number: str, refusal: Refusal | None = None) -> HttpResponse:
    """The label as it will be, its prints so far, and what is to be done next."""
    thing, dialogs, drawing = labels.find(sort, number, request.user), Dialogs(request, refusal), None
    form, why = labels.template(thing), ""
    try:
        drawing, form = drawn(request, thing)
    except NoLabel as none:
        why = str(none)
    prints = list(labels.prints(thing)[:20])
    fresh = prints[0] if prints and is_fresh(request, prints[0]) else None
    context = {
        "thing": thing, "sort": sort, "dialogs": dialogs, "template": form, "prints": prints, "fresh": fresh,
        "back": back(thing), "why": why, "kinds": list(TYPES),
        "may_print": policies.why_not(request.user, commands.action(thing)),
        # The drawing escapes every text itself.
        "drawing": mark_safe(label_files.svg(drawing)) if drawing else "",  # noqa: S308
        "forms": {name: dialogs.form(name, kind) for name, kind in FORMS.items()},
    }
    return render(request, "traceability/label/thing.html", context, status=dialogs.status)


def back(thing: Thing) -> str:
    """The page of the thing itself; a material has none."""
    if isinstance(thing.row, Equipment):
        return reverse("traceability:equipment-history", args=[thing.row.code])
    return "" if isinstance(thing.row, MaterialDefinition) else subjects.of_row(thing.row).url(thing.row)


def is_fresh(request: HttpRequest, one: LabelPrint) -> bool:
    """A print of this person's own, recorded just now."""
    return one.by_id == request.user.pk and timezone.now() - one.at <= FRESH


@require_POST
@needs("label.print")
def printed(request: HttpRequest, sort: str, number: str) -> HttpResponse:
    """Record a print; then the page offers its files."""
    thing = labels.find(sort, number, request.user)
    try:
        said = valid(PrintForm(request.POST, by=request.user)) if labels.prints(thing).exists() else {"reason": ""}
        drawing, form = drawn(request, thing)
        made = commands.record_print(
            thing=thing, drawing=drawing, template=form, **said, by=request.user, at=timezone.now()
        )
    except Refusal as refusal:
        return page(request, sort, number, refusal)
    told = now("Print %(nth)s is recorded. Take its file, print it, stick the label on, then scan it back.")
    messages.success(request, told % {"nth": made.nth})
    return redirect("traceability:label-page", sort, number)


@needs("label.print")
def file(request: HttpRequest, sort: str, number: str, pk: int, kind: str) -> HttpResponse:
    """The file of a print that was recorded just now."""
    thing = labels.find(sort, number, request.user)
    one = get_object_or_404(labels.prints(thing), pk=pk)
    drawing, _form = drawn(request, thing)
    if kind not in TYPES or not is_fresh(request, one) or drawing.data != one.data:
        message = _("This print is over, or the label has changed. Print it again, saying why.")
        raise NoLabel(message, code="print-over")
    response = HttpResponse(written(kind, [drawing], one.pieces), content_type=TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="label-{one.pk}.{kind}"'
    return response


def written(kind: str, drawings: list[Drawing], pieces: int = 1) -> Any:
    """Labels in one form; a picture holds a single one."""
    if kind == "pdf":
        return label_files.pdf(drawings, pieces)
    if kind == "zpl":
        return "".join(label_files.zpl(one, pieces) for one in drawings)
    return label_files.png(drawings[0]) if kind == "png" else label_files.svg(drawings[0])


@require_POST
@needs("label.print")
def verify(request: HttpRequest, sort: str, number: str) -> HttpResponse:
    """Scan it back."""
    thing = labels.find(sort, number, request.user)
    try:
        said = valid(VerifyForm(request.POST, by=request.user))
        done = commands.verify(thing=thing, **said, by=request.user, at=timezone.now())
        if done.refusal is not None:
            raise done.refusal
    except Refusal as refusal:
        return page(request, sort, number, refusal)
    messages.success(request, now("The label is right."))
    return redirect("traceability:label-page", sort, number)
