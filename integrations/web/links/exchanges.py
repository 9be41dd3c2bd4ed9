"""One message on the screen: their bytes, the mapped fields, our result; carried again, mended by two, given up."""

import contextlib
import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy

from integrations.links.commands import desk
from integrations.models import Exchange, ExchangeStatus
from integrations.web.links import forms, lists
from plant import policies
from plant.commands import signatures
from plant.errors import Refusal
from plant.models import Meaning
from plant.queries import journal
from plant.spoken import told_all
from plant.web.access import needs
from plant.web.acting import Acts, Dialogs, signed, valid
from qms.web.reviewing import ReasonForm

SHOWN = 20_000
BEHIND = 5


def find(pk: int) -> Exchange:
    """A message by its row."""
    rows = Exchange.objects.select_related("connection__site", "mapping", "proposed_by", "edited_by", "approved_by")
    return get_object_or_404(rows, pk=pk)


def text(body: Any) -> str:
    """Bytes to read, as much as one looks at; JSON with its lines."""
    if body is None:
        return ""
    said = raw(body)
    with contextlib.suppress(ValueError):
        said = json.dumps(json.loads(said), ensure_ascii=False, indent=1)
    return said[:SHOWN]


def raw(body: Any) -> str:
    """Bytes as they are, to be changed."""
    return bytes(body).decode("utf-8", "replace")


@needs("exchange.read")
def detail(request: HttpRequest, pk: int, refusal: Refusal | None = None) -> HttpResponse:
    """A message whole."""
    row, dialogs = find(pk), Dialogs(request, refusal)
    before = Exchange.objects.filter(
        connection=row.connection, direction=row.direction, noun=row.noun, subject=row.subject, seq__lt=row.seq,
        status__in=[ExchangeStatus.WAITING, ExchangeStatus.DEAD],
    ).order_by("seq")
    is_dead, mine = row.status == ExchangeStatus.DEAD, row.proposed_by_id == request.user.pk
    own = str(gettext_lazy("You proposed this change. Another person approves it.")) if mine else ""
    why = {name: policies.why_not(request.user, f"exchange.{name}") for name in ("replay", "mend", "approve")}
    context: dict[str, Any] = {
        "row": row, "dialogs": dialogs, "is_dead": is_dead, "noun": lists.noun_name(row.noun),
        "body": text(row.body), "edited": text(row.edited), "proposed": text(row.proposed),
        "words": json.dumps(row.words, ensure_ascii=False, indent=1) if row.words else "",
        "fields": told_all(row.result.get("fields", [])), "why": why, "why_sign": why["approve"] or own,
        "before": list(before[:BEHIND]) if row.status == ExchangeStatus.WAITING else [],
        "seen_hash": signatures.content_hash(desk.content(row)), "meaning": Meaning.APPROVED,
        "timeline": journal.timeline(row), "steps": steps(row),
        "forms": {
            "propose": dialogs.form("propose", forms.MendForm, initial={"body": raw(desk.standing(row))}),
            "drop": dialogs.form("drop", ReasonForm), "decline": dialogs.form("decline", ReasonForm),
        },
    }
    return render(request, "integrations/exchange/detail.html", context, status=dialogs.status)


def steps(row: Exchange) -> list[dict[str, Any]]:
    """The life of a message as a bar."""
    ends = {
        ExchangeStatus.DONE: "circle-check", ExchangeStatus.IGNORED: "history", ExchangeStatus.DEAD: "mail-off",
        ExchangeStatus.DROPPED: "trash-x",
    }
    last = row.status if row.status in ends else ExchangeStatus.DONE
    path = [ExchangeStatus.WAITING, last]
    if row.status == ExchangeStatus.DROPPED:
        path = [ExchangeStatus.WAITING, ExchangeStatus.DEAD, ExchangeStatus.DROPPED]
    moments = {row.status: row.done_at, ExchangeStatus.WAITING: row.made_at, ExchangeStatus.DEAD: row.died_at}
    tones = {ExchangeStatus.DEAD: "failed", ExchangeStatus.WAITING: "running"}
    return [
        {"label": ExchangeStatus(one).label, "icon": ends.get(ExchangeStatus(one), "clock"), "at": moments.get(one),
         "current": one == row.status,
         "tone": tones.get(ExchangeStatus(one), "done") if one == row.status else
         "done" if path.index(one) < path.index(row.status) else "unknown"}
        for one in path
    ]  # fmt: skip


act = Acts(find=find, back="integrations:exchange-detail", page=detail, key="pk")


@act("exchange.replay", done=gettext_lazy("It is carried again within seconds. This page tells what became of it."))
def replay(request: HttpRequest, row: Exchange) -> None:
    """Carry it again as it is."""
    desk.replay(exchange=row, by=request.user, at=timezone.now())


@act("exchange.mend", done=gettext_lazy("Proposed. Somebody else compares and approves it."))
def propose(request: HttpRequest, row: Exchange) -> None:
    """Propose another content."""
    desk.propose(exchange=row, **valid(forms.MendForm(request.POST, by=request.user)), by=request.user,
                 at=timezone.now())


@act("exchange.approve", done=gettext_lazy("Approved. It is carried again with the new content."))
def approve(request: HttpRequest, row: Exchange) -> None:
    """Let the proposed content count."""
    desk.approve(exchange=row, **signed(request), by=request.user, at=timezone.now())


@act("exchange.approve", done=gettext_lazy("Declined. The message stays at the desk as it came."))
def decline(request: HttpRequest, row: Exchange) -> None:
    """Refuse the proposed content."""
    desk.decline(exchange=row, **valid(ReasonForm(request.POST, by=request.user)), by=request.user,
                 at=timezone.now())


@act("exchange.approve", done=gettext_lazy("Given up. What waited behind it goes on."))
def drop(request: HttpRequest, row: Exchange) -> None:
    """Give it up."""
    desk.drop(exchange=row, **valid(ReasonForm(request.POST, by=request.user)), by=request.user, at=timezone.now())
