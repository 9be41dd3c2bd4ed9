"""What the pages of reviewed documents (FMEA, control plan) share: where one stands, and what may be done now."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plant import policies
from plant.commands import reviews
from plant.models import ReviewStatus
from plant.web.forms import Form

ICONS = {"DRAFT": "pencil", "REVIEW": "eye", "EFFECTIVE": "circle-check", "OBSOLETE": "archive"}


class ReasonForm(Form):
    """Why."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=2000, widget=forms.Textarea({"rows": 3})
    )


def steps(row: Any) -> list[dict[str, Any]]:
    """The life of a document as a bar."""
    order = list(ReviewStatus)
    now = order.index(ReviewStatus(row.status))
    moments = {ReviewStatus.REVIEW: row.submitted_at, ReviewStatus.EFFECTIVE: row.effective and row.effective.lower,
               ReviewStatus.OBSOLETE: row.effective and row.effective.upper}
    return [
        {"label": status.label, "icon": ICONS[status], "current": place == now, "at": moments.get(status),
         "tone": "running" if place == now else "done" if place < now else "unknown"}
        for place, status in enumerate(order)
    ]


def why_not(request: HttpRequest, row: Any, noun: str, *, not_ready: str, begun: Any) -> dict[str, str]:
    """For each act, why it can't be done now; empty when it can."""
    edit, approve = (policies.why_not(request.user, f"{noun}.{verb}") for verb in ("edit", "approve"))
    is_draft, is_review = row.status == ReviewStatus.DRAFT, row.status == ReviewStatus.REVIEW
    drafts_only = "" if is_draft else _("Only a draft is changed. Make a new revision and change that.")
    elsewhere = _("%(row)s is begun already. Go on with it.") % {"row": begun} if begun else ""
    return {
        "edit": edit or drafts_only,
        "submit": edit or drafts_only or not_ready,
        "send_back": approve or ("" if is_review else _("Only what is in review can be sent back.")),
        "approve": approve or reviews.why_not_approve(row, request.user),
        "revise": edit or (_("It is being written: change it as it is.") if is_draft or is_review else elsewhere),
    }
