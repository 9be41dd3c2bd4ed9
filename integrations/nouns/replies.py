"""What partners answer by e-mail to a mail of ours: said at the record that it was about, and told to its owner."""

import re
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers as s

from integrations.erp.answers import text, time
from integrations.erp.examples import AT, Example
from integrations.erp.fields import text as said
from integrations.erp.words import when
from integrations.nouns.intake import NotTaken
from integrations.nouns.noun import Noun, Words, each
from plant import scoping
from plant.commands import talk
from plant.models import Comment, Person
from qms.models import RecallLetter, SupplierLetter

OURS = re.compile(r"<(supplier|recall)-(\d{1,18})@zhizao>")  # the Message-IDs of integrations.notify.adapters.email
MOST = 3_500


class ReplyIn(s.Serializer[Any]):
    """A mail that answers others."""

    answers = s.ListField(child=said(300), min_length=1, max_length=100)
    sender = said(254)
    text = s.CharField(max_length=200_000, allow_blank=True, default="")


class Reply(s.Serializer[Any]):
    id = s.IntegerField()
    text, by = text(), text()
    at = time()


def take(fields: Words, by: Person, at: datetime) -> tuple[Comment, bool]:
    """Say it at the record; only whoever the mail went to answers it."""
    about = letter(fields["answers"], fields["sender"])
    if about is None:
        message = _("No mail of ours to %(sender)s is answered by this. Look at it in the mailbox.")
        raise NotTaken(message % {"sender": fields["sender"]}, code="answers-nothing")
    subject, owner = about
    scoping.check(by, subject)
    body = unquoted(fields["text"])[:MOST] or "—"
    return talk.say(subject=subject, text=f"@{owner.number} ✉ {fields['sender']}: {body}", by=by, at=at), True


def letter(answers: list[str], sender: str) -> tuple[Model, Person] | None:
    """What our newest mail among these was about, and who answers for it."""
    letters: list[Any] = []
    found = [OURS.fullmatch(one.strip()) for one in reversed(answers)]
    for kind, pk in [(one[1], one[2]) for one in found if one]:
        if kind == "supplier":
            letters = list(SupplierLetter.objects.filter(pk=pk, to__iexact=sender).select_related("request__owner"))
        else:
            letters = list(RecallLetter.objects.filter(pk=pk, to__iexact=sender).select_related("recall__opened_by"))
        for one in letters:
            return (one.request, one.request.owner) if kind == "supplier" else (one.recall, one.recall.opened_by)
    return None


def unquoted(body: str) -> str:
    """What was written anew, without the lines of ours that the mail repeats."""
    lines = [line for line in body.replace("\r\n", "\n").replace("\0", "").split("\n") if not line.startswith(">")]
    return "\n".join(lines).strip()


def tell(row: Comment) -> Words:
    return {"id": row.pk, "text": row.text, "by": row.by.number, "at": when(row.at)}


SENT: Words = {"answers": ["<supplier-12@zhizao>"], "sender": "quality@supplier.example", "text": "We sort the lot."}
EXAMPLE: Example = {"id": 5, "text": "✉ quality@supplier.example: We sort the lot.", "by": "link:mail", "at": AT}
REPLIES = Noun(
    code="mail-replies", name=_("Reply by e-mail"), key="id", model=Comment, reads="", takes=ReplyIn, take=take,
    every=lambda: Comment.objects.select_related("by"), tell=each(tell), answer=Reply, sent=SENT, example=EXAMPLE,
    key_of_row=lambda row: str(row.pk), once=True,
)
