"""One's own browsers: subscribed by a script of the page, taken off by a button; and the worker that shows messages."""

from pathlib import Path

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from integrations.notify.commands import devices
from plant.web.access import needs
from plant.web.acting import valid
from plant.web.forms import Form


class BrowserForm(Form):
    """What a browser says when it subscribes."""

    endpoint = forms.CharField(max_length=1000)
    p256dh = forms.CharField(max_length=120)
    auth = forms.CharField(max_length=40)
    name = forms.CharField(max_length=200, required=False)


@require_POST
@needs("inbox.view")
def subscribe(request: HttpRequest) -> JsonResponse:
    """Tell whoever is signed in on this browser."""
    said = valid(BrowserForm(request.POST, by=request.user))
    device = devices.subscribe(**said, by=request.user, at=timezone.now())
    messages.success(request, _("From now on you are told on this browser, even while no page is open."))
    return JsonResponse({"device": device.pk}, status=201)


@require_POST
@needs("inbox.view")
def unsubscribe(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell nobody there any more."""
    devices.unsubscribe(pk=pk, by=request.user)
    messages.success(request, _("You are not told there any more."))
    return redirect("integrations:reach")


@require_safe
@needs("inbox.view")
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker, at an address of its own beside the page: it shows a message and opens its page."""
    code = (Path(settings.BASE_DIR) / "static" / "js" / "push_worker.js").read_text()
    return HttpResponse(code, content_type="text/javascript; charset=utf-8")
