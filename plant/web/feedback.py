"""Feedback on the screen: the short form in the help of every page, what became of it, and its answer."""

from urllib.parse import urlsplit

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from plant import policies
from plant.commands import feedback as commands
from plant.errors import Refusal
from plant.models import Feedback, FeedbackKind, FeedbackStatus
from plant.queries import feedback as reading
from plant.queries import journal
from plant.web.access import needs
from plant.web.acting import Acts, Dialogs, valid
from plant.web.feedback_lists import AnswerForm, decline, done
from plant.web.forms import Form
from plant.web.refusals import is_htmx

FORMS = {"done": AnswerForm, "decline": AnswerForm}


class TellForm(Form):
    """What somebody tells; the page goes along unseen."""

    kind = forms.ChoiceField(label=_("What is it?"), choices=FeedbackKind.choices)
    text = forms.CharField(
        label=_("In your words"), max_length=commands.LONGEST, widget=forms.Textarea({"rows": 5, "autofocus": True}),
        help_text=_("What did you do, what happened, what did you expect?"),
    )
    page = forms.CharField(required=False, widget=forms.HiddenInput)


@needs("feedback.tell")
def tell(request: HttpRequest) -> HttpResponse:
    """The form, in the help of a page or alone; then thanks, and who reads it."""
    form = TellForm(request.POST or None, by=request.user, initial={"page": came_from(request)})
    is_part, readers = is_htmx(request), reading.readers()
    if request.method == "POST" and form.is_valid():
        told = commands.tell(
            **form.cleaned_data, language=get_language() or "", by=request.user, at=timezone.now()
        )
        if is_part:
            return render(request, "plant/feedback/thanks.html", {"feedback": told, "readers": readers})
        messages.success(request, now("Thank you. This is read by: %(readers)s.") % {"readers": readers})
        return redirect("plant:feedback-mine")
    page = "plant/feedback/form.html" if is_part else "plant/feedback/tell.html"
    status = 422 if form.errors else 200
    return render(request, page, {"form": form, "readers": readers, "is_part": is_part}, status=status)


def came_from(request: HttpRequest) -> str:
    """The page that somebody speaks of: the one whose help is open, else the one that the link named."""
    here = urlsplit(request.headers.get("HX-Current-URL", ""))
    return here._replace(scheme="", netloc="", fragment="").geturl() or request.GET.get("from", "")


@needs("feedback.tell")
def detail(request: HttpRequest, pk: int, refusal: Refusal | None = None) -> HttpResponse:
    """One of them: what was told, from where, and the answer."""
    feedback, dialogs = reading.open_to(pk, request.user), Dialogs(request, refusal)
    context = {
        "feedback": feedback, "dialogs": dialogs, "timeline": journal.timeline(feedback),
        "why": why_not(request, feedback), "may_read": policies.may(request.user, "feedback.read"),
        "forms": {name: dialogs.form(name, kind) for name, kind in FORMS.items()},
    }
    return render(request, "plant/feedback/detail.html", context, status=dialogs.status)


def why_not(request: HttpRequest, feedback: Feedback) -> dict[str, str]:
    """For each act, why it can't be done now; empty when it can."""
    why = policies.why_not(request.user, "feedback.answer")
    if feedback.answered_at is not None:
        why = now("It is answered already.")
    seen = "" if feedback.status == FeedbackStatus.NEW else now("Somebody has seen it already.")
    return {"see": why or seen, "settle": why}


act = Acts(find=reading.by_id, back="plant:feedback-detail", page=detail, key="pk")


@act("feedback.answer", done=_("Marked as seen."))
def see(request: HttpRequest, feedback: Feedback) -> None:
    """Say that it was read."""
    commands.see(feedback=feedback, by=request.user)


@act("feedback.answer", done=_("Done; whoever told it gets the answer."))
def answer_done(request: HttpRequest, feedback: Feedback) -> None:
    """Call it done, with an answer."""
    done(feedback, **valid(AnswerForm(request.POST)), by=request.user, at=timezone.now())


@act("feedback.answer", done=_("Declined; whoever told it gets the answer."))
def answer_decline(request: HttpRequest, feedback: Feedback) -> None:
    """Decline it, with an answer."""
    decline(feedback, **valid(AnswerForm(request.POST)), by=request.user, at=timezone.now())
