"""The lists of feedback: all of it for those who answer, and each person's own."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from plant.commands import feedback as commands
from plant.lists.description import Act, Column, Link, Listing, Nothing
from plant.lists.filters import Choice, DateRange, Multi, PersonFilter, TextFilter
from plant.lists.looks import Moment, State, Text, Who
from plant.models import Feedback, FeedbackKind, FeedbackStatus, Person
from plant.queries import feedback as reading
from plant.web.forms import Form


class AnswerForm(Form):
    """What whoever told it gets to read."""

    answer = forms.CharField(
        label=_("Answer"), max_length=commands.LONGEST, widget=forms.Textarea({"rows": 4}),
        help_text=_("Whoever told it gets these words: what changed, or why it stays as it is."),
    )


def done(feedback: Feedback, *, by: Person, at: datetime, answer: str) -> Any:
    """It was put right, built or explained."""
    return commands.settle(feedback=feedback, to=FeedbackStatus.DONE, answer=answer, by=by, at=at)


def decline(feedback: Feedback, *, by: Person, at: datetime, answer: str) -> Any:
    """It stays as it is."""
    return commands.settle(feedback=feedback, to=FeedbackStatus.DECLINED, answer=answer, by=by, at=at)


TEXT = Column(key="text", label=_("What was told"), look=Text(href=reading.url, icon="message-report"), value=str)
KIND = Column(key="kind", label=_("Kind"), value="get_kind_display", sort=("kind",))
STATUS = Column(
    key="status", label=_("State"), look=State(word=lambda row: row.get_status_display()), sort=("status",)
)
TOLD = Column(key="at", label=_("Told"), look=Moment(style="ago"), sort=("at", "pk"))
ANSWER = Column(key="answer", label=_("Answer"), look=Text(most=90))
ANSWERED = Column(key="answered", label=_("Answered"), value="answered_at", look=Moment(), sort=("answered_at",))
BY_STATUS = Choice(key="status", label=_("State"), options=FeedbackStatus.choices)
BY_KIND = Multi(key="kind", label=_("Kind"), options=FeedbackKind.choices)
TELL = Link(label=_("Tell what is wrong or missing"), url="plant:feedback-tell", icon="message-plus", kind="primary")

FEEDBACK = Listing(
    key="feedback", title=_("Feedback"), url="plant:feedback-list", action="feedback.read",
    subtitle=_("What people say does not work, is missing or is unclear, with the page that they said it on."),
    rows=lambda viewer: reading.listing(), search=("text", "answer", "page", "by__name", "by__number"),
    placeholder=_("Words, page or person"), order="-at", href=reading.url,
    columns=(
        TEXT, KIND,
        Column(key="page", label=_("Page"), look=Text(most=60), sort=("page",)),
        Column(key="by", label=_("By"), look=Who(), sort=("by__name",)),
        Column(key="roles", label=_("Roles"), value="role_words", hidden=True),
        Column(key="language", label=_("Language"), sort=("language",), hidden=True),
        Column(key="version", label=_("Version"), sort=("version",), hidden=True),
        TOLD, STATUS, ANSWER,
        Column(key="answered_by", label=_("Answered by"), look=Who(), sort=("answered_by__name",), hidden=True),
        Column(key="answered", label=_("Answered"), value="answered_at", look=Moment(), sort=("answered_at",),
               hidden=True),
        Column(key="whole", label=_("Whole text"), value="text", look=Text(most=200), hidden=True),
    ),
    filters=(
        BY_STATUS, BY_KIND, PersonFilter(key="by", label=_("By"), field="by"),
        TextFilter(key="page", label=_("Page"), more=True), TextFilter(key="version", label=_("Version"), more=True),
        DateRange(key="told", label=_("Told"), field="at", more=True),
    ),
    acts=(
        Act(key="see", label=_("Mark as seen"), action="feedback.answer", icon="eye-check",
            run=lambda feedback, by, at: commands.see(feedback=feedback, by=by)),
        Act(key="done", label=_("Done"), action="feedback.answer", icon="check", run=done, form=AnswerForm,
            trial={"answer": "?"}),
        Act(key="decline", label=_("Decline"), action="feedback.answer", icon="x", run=decline, form=AnswerForm,
            trial={"answer": "?"}),
    ),
    links=(TELL,),
    nothing=Nothing(
        title=_("Nobody has told anything yet"), icon="message-report",
        text=_("People tell it from the help of any page and of every station tablet."),
    ),
)

MINE = Listing(
    key="my-feedback", title=_("My feedback"), url="plant:feedback-mine", action="feedback.tell",
    subtitle=_("What you told, where it stands, and what you were answered."),
    rows=lambda viewer: reading.of(viewer.person), search=("text", "answer"), placeholder=_("Words"), order="-at",
    href=reading.url, columns=(TEXT, KIND, TOLD, STATUS, ANSWER, ANSWERED), filters=(BY_STATUS, BY_KIND),
    links=(TELL,),
    nothing=Nothing(
        title=_("You have told nothing yet"), icon="message-report",
        text=_("Something does not work, or is missing? Tell it: it reaches those who can change it."), links=(TELL,),
    ),
)
