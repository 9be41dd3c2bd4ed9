"""Comments and files beside a thing: read on its page, written here."""

from typing import Any

from django.contrib import messages
from django.db import models
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from plant import files, subjects
from plant.commands import talk
from plant.errors import Refusal
from plant.models import Attachment, Comment
from plant.queries import talk as reading
from plant.subjects import Subject
from plant.web.access import needs
from plant.web.ranges import ALONE
from plant.web.refusals import is_htmx

SHORTEST = 40


def beside(request: HttpRequest, row: models.Model) -> dict[str, Any]:
    """What the card about a row needs."""
    kind = row._meta.model_name
    sheet_url = reverse("plant:sheet", args=[kind, row.pk]) if subjects.of_row(row).sheet else ""
    return {"subject": row, "kind": kind, "talk": reading.about(row, request.user), "sheet_url": sheet_url}


def found(request: HttpRequest, kind: str, pk: int | str) -> tuple[Subject, models.Model]:
    """The thing, if this person may look at it; else there is no such thing."""
    pair = subjects.find(kind, pk, request.user)
    if pair is None:
        raise Http404
    return pair


@require_GET
@needs("home.view")
def card(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """The card again, for a page that heard of something new."""
    return render(request, "plant/talk/card.html", beside(request, found(request, kind, pk)[1]))


@require_POST
@needs("talk.say")
def say(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Write a comment."""
    subject, row = found(request, kind, pk)
    text = request.POST.get("text", "")
    try:
        talk.say(subject=row, text=text, by=request.user, at=timezone.now())
    except Refusal as refusal:
        return _refused(request, row, refusal, typed=text)
    return _again(request, subject, row)


@require_POST
@needs("talk.attach")
def attach(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Lay files beside a thing; those before a refused one are kept."""
    subject, row = found(request, kind, pk)
    try:
        for file in request.FILES.getlist("file"):
            talk.attach(subject=row, name=file.name or "", data=file.read(), by=request.user, at=timezone.now())
    except Refusal as refusal:
        return _refused(request, row, refusal)
    return _again(request, subject, row)


@require_POST
@needs("talk.say")
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a comment back."""
    comment = get_object_or_404(Comment, pk=pk)
    subject, row = found(request, comment.subject_kind, comment.subject_id)
    talk.withdraw(comment=comment, subject=row, by=request.user, at=timezone.now())
    return _again(request, subject, row)


@require_POST
@needs("talk.attach")
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a file away."""
    attachment = get_object_or_404(Attachment, pk=pk, removed_at__isnull=True)
    subject, row = found(request, attachment.subject_kind, attachment.subject_id)
    talk.remove(attachment=attachment, subject=row, by=request.user, at=timezone.now())
    return _again(request, subject, row)


@require_GET
@needs("home.view")
def download(request: HttpRequest, pk: int) -> HttpResponse:
    """A file, to be saved and never to be run here."""
    attachment = get_object_or_404(Attachment, pk=pk, removed_at__isnull=True)
    found(request, attachment.subject_kind, attachment.subject_id)
    return _bytes(attachment.key, attachment.media_type, name=attachment.name)


@require_GET
@needs("home.view")
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """A picture, small."""
    attachment = get_object_or_404(Attachment, pk=pk, removed_at__isnull=True, has_preview=True)
    found(request, attachment.subject_kind, attachment.subject_id)
    return _bytes(attachment.key + files.PREVIEW, "image/webp", name=f"{attachment.pk}.webp")


def _bytes(key: str, media_type: str, *, name: str) -> HttpResponse:
    try:
        stored = files.path_of(key).open("rb")
    except FileNotFoundError as error:
        raise Http404(_("The file is not in this plant's store. Ask the administrator for the backup.")) from error
    answer = FileResponse(stored, as_attachment=True, filename=name, content_type=media_type)
    answer["Content-Security-Policy"] = ALONE
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, max-age=3600"
    return answer


@require_GET
@needs("talk.say")
def people(request: HttpRequest) -> JsonResponse:
    """Colleagues whose number or name begins so, for somebody who types @."""
    return JsonResponse({"people": reading.suggestions(request.GET.get("q", "")[:SHORTEST], request.user)})


def _again(request: HttpRequest, subject: Subject, row: models.Model) -> HttpResponse:
    if is_htmx(request):
        return render(request, "plant/talk/card.html", beside(request, row))
    return redirect(subject.url(row))


def _refused(request: HttpRequest, row: models.Model, refusal: Refusal, *, typed: str = "") -> HttpResponse:
    """The card with the reason and with what was typed; without scripts, the reason on the thing's page."""
    if is_htmx(request):
        context = {**beside(request, row), "refusal": refusal, "typed": typed}
        return render(request, "plant/talk/card.html", context, status=409)
    messages.error(request, str(refusal))
    return redirect(subjects.of_row(row).url(row))
