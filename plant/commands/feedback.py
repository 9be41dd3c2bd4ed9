"""Feedback about the program: told from any page, looked at, and settled with an answer that its teller gets."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from plant import live, policies
from plant.commands import desks, journal
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Feedback, FeedbackKind, FeedbackStatus, NoticeKind, Person
from plant.queries import feedback as reading
from plant.queries.health import version
from plant.transactions import command

LONGEST = 4000


class FeedbackRefused(Refusal):
    """Feedback, or an answer to it, that can't be kept."""

    code = "feedback-refused"


@command
def tell(*, kind: str, text: str, page: str, language: str, by: Person, at: datetime) -> Feedback:
    """Keep what somebody tells, with the page, the version and the roles; an address of elsewhere is left away."""
    policies.check(by, "feedback.tell")
    if kind not in FeedbackKind.values:
        raise FeedbackRefused(_("Choose what it is: broken, missing or a question."), facts={"field": "kind"})
    feedback = Feedback.objects.create(
        kind=kind, text=_said(text, "text"), page=_of_ours(page), language=language, version=version(),
        roles=sorted(by.roles), by=by, at=at,
    )
    journal.record("feedback.told", subject=feedback, by=by, data={"kind": kind, "page": feedback.page})
    live.push("news", "feedback")
    return feedback


@command
def see(*, feedback: Feedback, by: Person) -> Feedback:
    """Say that somebody has read it and looks after it."""
    policies.check(by, "feedback.answer", on=feedback)
    journal.move(feedback, to=FeedbackStatus.SEEN, by=by)
    live.push("news", "feedback")
    return feedback


@command
def settle(*, feedback: Feedback, to: str, answer: str, by: Person, at: datetime) -> Feedback:
    """Call it done or declined; whoever told it finds the answer in their inbox."""
    policies.check(by, "feedback.answer", on=feedback)
    said = _said(answer, "answer")
    found = lock(Feedback.objects.filter(pk=feedback.pk))[0]
    if found.status == FeedbackStatus.NEW:
        see(feedback=found, by=by)
    journal.move(found, to=to, by=by, reason=said, answer=said, answered_by=by, answered_at=at)
    with override(found.by.language):
        title = _("%(state)s: %(what)s") % {"state": found.get_status_display(), "what": found}
    desks.tell(person=found.by, kind=NoticeKind.NEWS, title=title, url=reading.url(found), by=by, at=at)
    live.push("news", "feedback")
    return found


def _said(text: str, field: str) -> str:
    said = text.replace("\r\n", "\n").strip()
    if not said:
        raise FeedbackRefused(_("Write a few words first."), facts={"field": field})
    if len(said) > LONGEST:
        words = _("Write at most %(most)s characters.") % {"most": LONGEST}
        raise FeedbackRefused(words, facts={"field": field})
    return said


def _of_ours(page: str) -> str:
    try:
        return desks.local(page)
    except desks.DeskRefused:
        return ""
