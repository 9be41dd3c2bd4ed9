"""The supplier's door: one request by its signed link, without an account; nothing else can be reached from there."""

from functools import wraps
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from plant import files
from plant.errors import Refusal
from plant.queries import persons
from plant.web import ranges
from plant.web.access import View, public
from plant.web.forms import Form
from plant.web.sessions import client_address
from qms.commands import supplier_answers as commands
from qms.models import RequestStatus, SupplierRequest
from qms.queries import supplier_requests as reading

LANGUAGES = ("zh-hans", "en")


class ManyFiles(forms.ClearableFileInput):
    """Several files in one field."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files, each checked by itself."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """A list, however many were sent."""
        sent = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(ManyFilesField, self).clean(one, initial) for one in sent]


class AnswerForm(Form):
    """An answer to the step that is open."""

    text = forms.CharField(label=_("Your answer"), max_length=10_000, widget=forms.Textarea({"rows": 6}))
    author = forms.CharField(label=_("Your name"), max_length=120)
    files = ManyFilesField(
        label=_("Files"), required=False,
        help_text=_("Pictures, PDF, Excel, Word or text; at most five, together 10 MB."),
    )
    is_checked = False


def with_request(view: View) -> View:
    """Open a view to whoever has the link of a request, in that supplier's language or the one they choose."""

    @public
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def guarded(request: HttpRequest, word: str, **kwargs: Any) -> HttpResponseBase:
        found = reading.by_word(word, timezone.now())
        asked = request.GET.get("language", "")
        language = asked if asked in LANGUAGES else found[0].language if found else translation.get_language()
        with translation.override(language):
            request.LANGUAGE_CODE = language or "en"
            if found is None:
                response: HttpResponseBase = render(request, "qms/answer/gone.html", status=404)
            else:
                response = view(request, *found, word=word, **kwargs)
        patch_cache_control(response, no_store=True)
        response["X-Robots-Tag"] = "noindex"
        response["Referrer-Policy"] = "same-origin"
        return response

    return guarded


@with_request
def show(request: HttpRequest, asked: SupplierRequest, nonce: str, word: str) -> HttpResponse:
    """The request with its steps; the open one can be answered."""
    now = timezone.now()
    commands.seen(request=asked, at=now)
    form, refusal = AnswerForm(request.POST or None, request.FILES or None), None
    if request.method == "POST" and form.is_valid():
        sent = [(file.name or "", file.read()) for file in form.cleaned_data["files"][: commands.MOST_FILES + 1]]
        position = request.POST.get("step", "")
        try:
            commands.answer(
                request=asked, nonce=nonce, position=int(position) if position.isdecimal() and len(position) < 4 else 0,
                text=form.cleaned_data["text"], author=form.cleaned_data["author"], sent=sent,
                address=client_address(request), by=persons.system("qms"), at=now,
            )
        except Refusal as error:
            refusal = error
        else:
            return redirect(request.get_full_path())
    context = {
        "asked": asked, "steps": reading.steps(asked), "form": form, "refusal": refusal, "word": word, "now": now,
        "open_step": reading.open_step(asked) if asked.status == RequestStatus.OPEN else None,
        "languages": [("zh-hans", "中文"), ("en", "English")],
    }
    status = 409 if refusal else 422 if form.errors else 200
    return render(request, "qms/answer/show.html", context, status=status)


@with_request
def file(request: HttpRequest, asked: SupplierRequest, nonce: str, word: str, pk: int) -> HttpResponseBase:
    """A file that this supplier sent with this request."""
    return serve(request, asked, pk)


def serve(request: HttpRequest, asked: SupplierRequest, pk: int) -> HttpResponseBase:
    """One file of a request, as it was sent."""
    found = reading.file(asked, pk)
    if found is None:
        raise Http404
    told = {"media_type": found.media_type, "name": found.name, "etag": found.sha256}
    response = ranges.answer(request, files.path_of(found.key), **told)
    response["Content-Security-Policy"] = ranges.ALONE
    return response
