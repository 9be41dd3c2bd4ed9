"""The bell and the inbox: what waits for somebody, what of it is new, and putting it away."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from plant import inbox
from plant.commands import desks
from plant.queries import inbox as reading
from plant.web import refusals
from plant.web.access import needs

AT_THE_BELL = 6
MORNING = 7
SNOOZES = {"hour": timedelta(hours=1), "shift": timedelta(hours=8)}


def entries_of(request: HttpRequest) -> list[reading.Entry]:
    """What waits for whoever asks; gathered once for a page, however many of its parts show it."""
    if not hasattr(request, "zz_inbox"):
        request.zz_inbox = reading.entries(request.user, timezone.now())  # type: ignore[attr-defined]
    found: list[reading.Entry] = request.zz_inbox  # type: ignore[attr-defined]
    return found


@needs("inbox.view")
def waiting(request: HttpRequest) -> HttpResponse:
    """Everything that waits for the person: of all kinds or of one, new or put away."""
    show, group = request.GET.get("show", ""), request.GET.get("group", "")
    wanted = [entry for entry in entries_of(request) if _is_wanted(entry, show)]
    entries = [entry for entry in wanted if group in ("", entry.item.group)]
    if refusals.is_htmx(request):
        return render(request, "plant/inbox_list.html", {"entries": entries})
    return render(request, "plant/inbox.html", {"entries": entries, "tabs": _tabs(entries_of(request), show, group)})


def _tabs(found: list[reading.Entry], show: str, group: str) -> list[dict[str, Any]]:
    """All, what is new, each kind that waits, and what was put away."""
    here = [entry for entry in found if not entry.snoozed_until]
    counts = Counter(entry.item.group for entry in here)
    return [
        _tab(_("All"), "inbox", "?", not (show or group), len(here)),
        _tab(_("Unread"), "bell", "?show=new", show == "new", sum(entry.is_new for entry in found)),
        *[
            _tab(word, icon, f"?group={key}", group == key, counts[key])
            for key, (word, icon) in inbox.GROUPS.items()
            if counts[key] or group == key
        ],
        _tab(_("Later"), "clock-pause", "?show=later", show == "later", len(found) - len(here)),
    ]


def _tab(word: Any, icon: str, url: str, active: bool, count: int) -> dict[str, Any]:
    return {"word": word, "icon": icon, "url": url, "active": active, "count": count}


def _is_wanted(entry: reading.Entry, show: str) -> bool:
    if show == "later":
        return entry.snoozed_until is not None
    return entry.snoozed_until is None and (show != "new" or not entry.is_read)


@needs("inbox.view")
def bell(request: HttpRequest) -> HttpResponse:
    """The bell with its count and the newest lines, for a page that heard of news."""
    return render(request, "shell/bell.html", at_the_bell(request))


def at_the_bell(request: HttpRequest) -> dict[str, object]:
    """How many things are new, and of them what a colleague named one in, then the most pressing."""
    new = [entry for entry in entries_of(request) if entry.is_new]
    first = sorted(new, key=lambda entry: entry.item.group != "mention")
    return {"alarms": len(new), "bell_items": [entry.item for entry in first[:AT_THE_BELL]]}


@require_POST
@needs("inbox.view")
def read(request: HttpRequest) -> HttpResponse:
    """Mark things as seen, or everything."""
    keys = request.POST.getlist("key")
    if request.POST.get("all"):
        keys = [entry.item.key for entry in reading.entries(request.user, timezone.now())]
    desks.mark_read(keys=keys, by=request.user, at=timezone.now())
    return _back(request)


@require_POST
@needs("inbox.view")
def snooze(request: HttpRequest) -> HttpResponse:
    """Put things away for an hour, a shift, or until tomorrow morning."""
    until = _until(request.POST.get("for", "hour"), timezone.localtime())
    desks.snooze(keys=request.POST.getlist("key"), until=until, by=request.user)
    return _back(request)


def _until(word: str, now: datetime) -> datetime:
    if word in SNOOZES:
        return now + SNOOZES[word]
    return (now + timedelta(days=1)).replace(hour=MORNING, minute=0, second=0, microsecond=0)


def _back(request: HttpRequest) -> HttpResponse:
    """The list again for the page that asked, else the inbox."""
    return waiting(request) if refusals.is_htmx(request) else HttpResponseRedirect(reverse("plant:inbox"))
