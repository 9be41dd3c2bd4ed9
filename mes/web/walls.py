"""Walls for who is signed in: every board to look at, and the screens that hang in the plant."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mes.commands import wall_screens
from mes.models import Board, WallScreen
from mes.queries import floor
from mes.queries import wall_screens as screens
from mes.queries.wall_screens import Page
from mes.web import wall_boards
from mes.web.wall_forms import ScreenForm
from plant import policies, qr, scoping
from plant.errors import Refusal
from plant.models import Equipment, EquipmentLevel
from plant.queries import places
from plant.web.access import needs
from traceability.queries import lots


@needs("wall.view")
def listed(request: HttpRequest) -> HttpResponse:
    """The boards to look at, and the screens with the state of each."""
    return render(request, "mes/wall/list.html", list_context(request))


def list_context(request: HttpRequest) -> dict[str, object]:
    """What the list shows, and why a screen can't be set up."""
    now, fresh = timezone.now(), request.session.pop("new_screen", None)
    rows = screens.listing(request.user)
    return {
        "lines": floor.lines_of(request.user), "now": now,
        "screens": [(one, screens.is_open(one, now)) for one in rows],
        "fresh": next((one for one in rows if fresh and one.pk == fresh["pk"]), None),
        "fresh_url": fresh["url"] if fresh else "", "fresh_qr": qr.picture(fresh["url"]) if fresh else "",
        "why_not_manage": policies.why_not(request.user, wall_screens.ACTION),
    }


@needs("wall.manage")
def create(request: HttpRequest) -> HttpResponse:
    """Set up a screen; its address is shown on the next page, once."""
    form, refusal = ScreenForm(request.POST or None, by=request.user), None
    if request.method == "POST" and form.is_valid():
        try:
            screen, secret = wall_screens.create(**form.cleaned_data, by=request.user, at=timezone.now())
        except Refusal as refused:
            refusal = refused
        else:
            return to_list(request, screen, secret)
    status = 400 if form.errors else 409 if refusal else 200
    return render(request, "mes/wall/create.html", {"form": form, "refusal": refusal}, status=status)


@require_POST
@needs("wall.manage")
def renew(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a screen another address, shown once."""
    screen = get_object_or_404(WallScreen, pk=pk)
    return to_list(request, screen, wall_screens.renew(screen=screen, by=request.user, at=timezone.now()))


@require_POST
@needs("wall.manage")
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a screen for good."""
    screen = get_object_or_404(WallScreen, pk=pk)
    wall_screens.revoke(screen=screen, by=request.user, at=timezone.now(), reason=request.POST.get("reason", ""))
    messages.success(request, _("The screen is closed; its address opens nothing any more."))
    return redirect("mes:wall-list")


def to_list(request: HttpRequest, screen: WallScreen, secret: str) -> HttpResponse:
    """Keep the address for the one page that shows it."""
    url = request.build_absolute_uri(reverse("screen:show", args=[secret]))
    request.session["new_screen"] = {"pk": screen.pk, "url": url}
    return redirect("mes:wall-list")


@needs("wall.view")
def of_line(request: HttpRequest, code: str) -> HttpResponse:
    """The andon board of a line; its moving part alone when the page asks again."""
    line = get_object_or_404(Equipment, code=code, level=EquipmentLevel.WORK_CENTER)
    return shown(request, Page(f"line-{line.code}", Board.LINE, line), places.site_of(line))


@needs("wall.view")
def of_lot(request: HttpRequest, number: str) -> HttpResponse:
    """One lot's dossier, big."""
    lot = lots.by_number(number)
    return shown(request, screens.of_lot(lot), lot.site)


@needs("wall.view")
def board(request: HttpRequest, key: str) -> HttpResponse:
    """The overview or the quality wall of the person's own site."""
    site = places.home(request.user)
    page = next((one for one in screens.pages(Board.values, None, site) if one.key == key), None)
    if page is None:
        return redirect("mes:wall-list")
    is_by_line = scoping.reach(request.user).is_by_line
    return shown(request, page, site, floor.lines_of(request.user) if is_by_line else None)


def shown(request: HttpRequest, page: Page, site: Equipment, lines: list[Equipment] | None = None) -> HttpResponse:
    """The whole page of one board, or its moving part; of the person's own lines only, where they have lines."""
    now = timezone.localtime()
    if request.headers.get("HX-Request") == "true":
        return wall_boards.draw(request, page, site, at=now, lines=lines)
    told = [{"key": page.key, "title": page.title, "url": request.path}]
    return render(request, "mes/wall/wall.html", {
        "page": page, "pages": told, "topics": wall_boards.topics([page]),
        "board": wall_boards.facts(page, site, at=now, lines=lines),
        "board_template": wall_boards.TEMPLATES[Board(page.board)],
    })
