"""What people told about the program: for those who read it, and for whoever told it."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from plant import inbox, policies, scoping
from plant.errors import Refusal
from plant.models import Feedback, FeedbackStatus, Person, Role
from plant.permissions import ACTIONS

MOST_WAITING = 20


class UnknownFeedback(Refusal):
    """A number that no feedback carries, or none that this person may read."""

    code = "unknown-feedback"


def listing() -> "QuerySet[Feedback]":
    """All of it, with who told and who answered."""
    return Feedback.objects.select_related("by", "answered_by")


def of(person: Person) -> "QuerySet[Feedback]":
    """What a person told."""
    return listing().filter(by=person)


def by_id(pk: int) -> Feedback:
    """One of them."""
    found = listing().filter(pk=pk).first()
    if found is None:
        raise UnknownFeedback(_("There is no such feedback. Open the list and choose one."))
    return found


def open_to(pk: int, person: Person) -> Feedback:
    """One of them, for whoever told it and for those who read what others tell."""
    found = by_id(pk)
    if found.by_id != person.pk and not policies.may(person, "feedback.read"):
        raise UnknownFeedback(_("This feedback is not yours. Open “My feedback” and choose one."))
    return found


def url(feedback: Feedback) -> str:
    """Its page."""
    return reverse("plant:feedback-detail", args=[feedback.pk])


def readers() -> str:
    """Who reads what people tell, as words."""
    return ", ".join(str(role.label) for role in Role if role in ACTIONS["feedback.read"])


def waiting(person: Person) -> list[inbox.Item]:
    """What nobody has looked at yet, for those who answer."""
    if not policies.may(person, "feedback.answer"):
        return []
    rows = scoping.visible(listing().filter(status=FeedbackStatus.NEW), person).order_by("at", "pk")
    return [
        inbox.Item(str(row), url(row), _("Feedback"), row.status, detail=f"{row.get_kind_display()} · {row.by}")
        for row in rows[:MOST_WAITING]
    ]


inbox.register(waiting)
