"""Saving, sharing and forgetting views of a list, and choosing its columns."""

from collections.abc import Callable
from urllib.parse import parse_qs

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from plant.commands import saved_views as commands
from plant.lists import asked as asking
from plant.lists.asked import Asked
from plant.lists.description import Listing, Viewer
from plant.queries import saved_views
from plant.web import list_drawing

Post = Callable[[HttpRequest, Listing, Viewer], HttpResponse]


def posted(request: HttpRequest, listing: Listing) -> Asked:
    """What the page asked for when its form was sent."""
    return asking.read(listing, parse_qs(request.POST.get("query", "")))


def back(listing: Listing, asked: Asked) -> HttpResponse:
    """To the list as it was, or as it is now."""
    return HttpResponseRedirect(list_drawing.address(reverse(listing.url), listing, asked))


def save(request: HttpRequest, listing: Listing, viewer: Viewer) -> HttpResponse:
    """Keep what is asked now under a name, with the columns that are seen now."""
    asked = list_drawing.change(posted(request, listing), cursor="", view="")
    if not asked.columns:
        chosen = saved_views.columns(viewer.person, listing.key)
        asked = list_drawing.change(asked, columns=asking.columns(listing, chosen))
    view = commands.save(
        listing=listing.key, name=request.POST.get("name", ""), query=asking.write(listing, asked),
        shared=request.POST.get("shared") == "yes", by=viewer.person, at=viewer.at,
    )
    messages.success(request, _("The view “%(name)s” is saved.") % {"name": view.name})
    return back(listing, list_drawing.change(asked, view=str(view.pk)))


def delete(request: HttpRequest, listing: Listing, viewer: Viewer) -> HttpResponse:
    """Forget a view."""
    wanted = request.POST.get("view", "")
    view = next((one for one in saved_views.of(viewer.person, listing.key) if str(one.pk) == wanted), None)
    if view is not None:
        commands.delete(view=view, by=viewer.person)
        messages.success(request, _("The view “%(name)s” is deleted.") % {"name": view.name})
    return back(listing, list_drawing.change(posted(request, listing), view=""))


def choose_columns(request: HttpRequest, listing: Listing, viewer: Viewer) -> HttpResponse:
    """Remember the columns; without one, the usual ones come back."""
    keys = [] if request.POST.get("reset") else request.POST.getlist("column")
    commands.choose_columns(listing=listing.key, columns=asking.columns(listing, keys), by=viewer.person)
    return back(listing, list_drawing.change(posted(request, listing), columns=(), cursor=""))


POSTS: dict[str, Post] = {"save-view": save, "delete-view": delete, "columns": choose_columns}
