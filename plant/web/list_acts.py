"""An act on many rows of a list: the preview, the act itself, and what became of each row."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plant import policies
from plant.commands import signatures
from plant.errors import Refusal
from plant.lists import bulk, reading
from plant.lists.bulk import Outcome
from plant.lists.description import Act, Listing, Viewer
from plant.web import list_drawing, list_views
from plant.web.forms import fingerprint, read, token

FIRST = 4


def begin(request: HttpRequest, listing: Listing, viewer: Viewer) -> HttpResponse:
    """Rehearse the act, or do it once somebody has seen what it would do."""
    act = listing.act(request.POST.get("act", ""))
    if act is None:
        raise Refusal(_("Choose what to do with the rows first."), code="no-act")
    policies.check(viewer.person, act.action)
    records = _records(request, listing, viewer, act)
    form = _form(request, act, viewer)
    if "confirmed" in request.POST and (form is None or form.is_valid()):
        values = form.cleaned_data if form else {}
        outcomes = bulk.perform(act, records, values, viewer, _changed(request, act, records))
        return _done(request, listing, act, outcomes, viewer)
    outcomes = bulk.rehearse(act, records, viewer)
    return _page(request, listing, act, outcomes, viewer, form=form, status=422 if form and form.errors else 200)


def _form(request: HttpRequest, act: Act, viewer: Viewer) -> forms.Form | None:
    """What the act asks for, filled in by whoever does it."""
    sent = request.POST if "confirmed" in request.POST else None
    return act.form(sent, by=viewer.person) if act.form else None


def _changed(request: HttpRequest, act: Act, records: list[Any]) -> dict[Any, Refusal]:
    """The rows that are not as their signer read them in the preview."""
    if act.sees is None:
        return {}
    seen = read(request.POST.get("seen", ""))
    words = _("This changed after you read it. Look at it again, then sign.")
    return {
        row.pk: Refusal(words, code="changed") for row in records
        if seen.get(str(row.pk)) != fingerprint(signatures.content_hash(act.sees(row)))
    }


def _records(request: HttpRequest, listing: Listing, viewer: Viewer, act: Act) -> list[Any]:
    """The rows that somebody marked, else all that fit."""
    marked = [] if request.POST.get("scope") == "all" else request.POST.getlist("row")
    if not marked and request.POST.get("scope") != "all":
        raise Refusal(_("Mark the rows first, in the boxes at their left."), code="no-rows")
    records = reading.chosen(listing, list_views.posted(request, listing), viewer, marked, most=act.most)
    if len(records) > act.most:
        words = _("More than %(most)s rows at once are hard to overlook. Narrow the list, then go on.")
        raise Refusal(words % {"most": act.most}, code="too-many-rows")
    return records


def _done(
    request: HttpRequest, listing: Listing, act: Act, outcomes: list[Outcome], viewer: Viewer
) -> HttpResponse:
    """Back to the list when all went well, else a page that says which rows refused."""
    count = sum(1 for one in outcomes if one.refusal is None)
    if count:
        words = ngettext("%(act)s: %(n)s row done.", "%(act)s: %(n)s rows done.", count)
        messages.success(request, words % {"act": act.label, "n": count})
    if count == len(outcomes):
        return list_views.back(listing, list_views.posted(request, listing))
    return _page(request, listing, act, outcomes, viewer, form=None, is_done=True)


def _page(
    request: HttpRequest, listing: Listing, act: Act, outcomes: list[Outcome], viewer: Viewer, *,
    form: forms.Form | None, is_done: bool = False, status: int = 200,
) -> HttpResponse:
    asked = list_views.posted(request, listing)
    columns = [column for column in reading.shown(listing, asked) if not column.look.act]
    columns = columns if act.sees else columns[:FIRST]
    rows = [one.record for one in outcomes]
    read_now = {str(row.pk): signatures.content_hash(act.sees(row)) for row in rows} if act.sees else {}
    dressed = reading.pairs(listing, [one.record for one in outcomes], viewer)
    drawn = list_drawing.lines(request, listing, dressed, columns)
    lines = [(line, one.refusal) for line, one in zip(drawn, outcomes, strict=True)]
    context = {
        "listing": listing, "act": act, "form": form, "is_done": is_done, "columns": columns,
        "good": [line for line, refusal in lines if refusal is None],
        "refused": [(line, refusal) for line, refusal in lines if refusal is not None],
        "seen": token(read_now) if read_now else "", "query": request.POST.get("query", ""),
        "path": reverse(listing.url),
        "back": list_drawing.address(reverse(listing.url), listing, asked),
    }
    return render(request, "lists/act.html", context, status=status)


POSTS: dict[str, Callable[[HttpRequest, Listing, Viewer], HttpResponse]] = {"act": begin}
