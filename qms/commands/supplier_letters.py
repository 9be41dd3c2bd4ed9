"""Mails to suppliers: written with the request's link in the supplier's language, kept until they are delivered."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from plant.locks import lock
from plant.transactions import command
from qms.models import LetterStatus, SupplierLetter, SupplierRequest
from qms.queries import supplier_requests as reading

ASKED, AGAIN, GO_ON, CLOSED = "asked", "again", "go-on", "closed"
MOST_ATTEMPTS, FIRST_WAIT, BATCH = 10, timedelta(minutes=1), 20
Send = Callable[[SupplierLetter], str]


def write(request: SupplierRequest, kind: str, *, at: datetime, reason: str = "", host: str = "") -> None:
    """Lay a mail ready, where the request has an address to write to."""
    if not request.email:
        return
    with override(request.language):
        title, text = worded(request, kind, reason, (settings.PUBLIC_URL or host).rstrip("/"))
    SupplierLetter.objects.create(
        request=request, to=request.email, title=title[:200], text=text, next_at=at, made_at=at
    )


def worded(request: SupplierRequest, kind: str, reason: str, host: str) -> tuple[str, str]:
    """Subject and text in the language of the moment."""
    facts = {
        "number": request.number, "title": request.title, "problem": request.problem, "reason": reason,
        "link": host + reading.link(request), "day": date_format(timezone.localtime(request.due_at), "Y-m-d"),
        "until": date_format(timezone.localtime(request.link_until), "Y-m-d"),
    }
    says = {
        ASKED: _("We ask you to answer %(number)s step by step. The first answer is due on %(day)s."),
        AGAIN: _("Your answer to %(number)s is not enough yet: %(reason)s Please answer again by %(day)s."),
        GO_ON: _("Your answer to %(number)s is accepted. The next one is due on %(day)s."),
        CLOSED: _("Everything about %(number)s is accepted. Thank you; nothing is left to do."),
    }[kind]
    how = _("Answer here, without an account, until %(until)s. Give this link to nobody else:")
    lines = [says % facts, "", f"{facts['number']} {facts['title']}", str(facts["problem"]), "", how % facts]
    return f"{facts['number']} {facts['title']}", "\n".join([*lines, str(facts["link"])])


@command
def deliver(*, send: Send, at: datetime) -> int:
    """Hand what is due to the plant's mail; `send` answers what went wrong, nothing when it went out."""
    rows = SupplierLetter.objects.filter(status=LetterStatus.WAITING, next_at__lte=at).order_by("next_at")
    done = 0
    for letter in lock(SupplierLetter.objects.filter(pk__in=list(rows.values_list("pk", flat=True)[:BATCH]))):
        if letter.status != LetterStatus.WAITING or letter.next_at > at:
            continue
        error, letter.attempts = send(letter), letter.attempts + 1
        letter.last_error = error[:300]
        if not error:
            letter.status, letter.sent_at, done = LetterStatus.SENT, at, done + 1
        elif letter.attempts >= MOST_ATTEMPTS:
            letter.status = LetterStatus.DEAD
        else:
            letter.next_at = at + FIRST_WAIT * 2 ** (letter.attempts - 1)
        letter.save()
    return done
