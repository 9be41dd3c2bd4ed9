"""What the page of a nonconformance shows beside its lots: codes, responsibilities, sortings, board, returns, cost."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from plant import policies
from plant.commands import signatures
from plant.models import Meaning
from plant.web.acting import Dialogs
from qms.models import Nonconformance, NonconformanceStatus
from qms.queries import boards, concessions, costs
from qms.queries import nonconformances as reading
from qms.web import nonconformance_forms as forms
from qms.web.boxes import boxes
from qms.web.capa_forms import ReasonForm
from qms.web.dispositions import DispositionForm, SortForm


def parts(
    request: HttpRequest, case: Nonconformance, dialogs: Dialogs, lines: Sequence[reading.LotLine]
) -> dict[str, Any]:
    """Everything, with the dialogs of its rows."""
    sortings = list(case.sortings.select_related("lot__material__unit", "bad_lot", "ordered_by", "sorted_by"))
    boxes(dialogs, sortings, {"found": lambda row: forms.SortedForm})
    due = reading.rechecks_due(case)
    boxes(dialogs, due, {"recheck": lambda row: partial(forms.RecheckForm, lot=row.rework_lot_id)})
    paid = costs.of_case(case)
    boxes(dialogs, paid, {"drop": lambda row: ReasonForm})
    sent = list(case.returns.select_related("supplier", "sent_by").prefetch_related(
        "lines__disposition__lot__material__unit"
    ))
    boxes(dialogs, sent, {"send": lambda row: forms.SendForm})
    review = boards.open_review(case)
    return {
        "sortings": sortings, "rechecks": due, "costs": paid, "cost_total": costs.total(case), "returns": sent,
        "responsibilities": case.responsibilities.select_related("person"), "reviews": boards.reviews(case),
        "review": review, "review_hash": signatures.content_hash(boards.seen(review)) if review else "",
        "concessions": concessions.of_lots([line.lot.pk for line in lines]), "former": _former(case),
        "vote_meaning": Meaning.DISPOSED, "now": timezone.now(),
    }


def dialog_forms(dialogs: Dialogs, case: Nonconformance, lines: Sequence[reading.LotLine]) -> dict[str, Any]:
    """The form of each of these acts."""
    return {
        "classify": dialogs.form("classify", partial(forms.ClassifyForm.of, case)),
        "responsible": dialogs.form("responsible", forms.ResponsibleForm),
        "cost": dialogs.form("cost", forms.CostForm), "vote": dialogs.form("vote", forms.VoteForm),
        "sort": dialogs.form("sort", SortForm, lines=lines),
        "ask_board": dialogs.form("ask_board", DispositionForm, lines=lines),
        "ask_reason": dialogs.form("ask_board", ReasonForm),
    }


def why_not(request: HttpRequest, case: Nonconformance, review: Any) -> dict[str, str]:
    """For each of these acts: why it is not possible now."""
    closed = _("It is closed.") if case.status == NonconformanceStatus.CLOSED else ""
    is_decided = case.status in (NonconformanceStatus.DISPOSED, NonconformanceStatus.CLOSED)
    decided = _("Everything is decided.") if is_decided else ""
    seat = boards.seat_for(review, request.user) if review else None
    by_state = {
        "classify": closed, "recheck": closed, "sorted": closed, "responsible": "", "cost": "", "send_return": "",
        "sort": decided, "ask_board": decided or (_("The board is voting already.") if review else ""),
        "vote": "" if seat else _("You have no seat on this board that is still free."),
    }
    actions = {
        "classify": "nonconformance.classify", "recheck": "nonconformance.recheck", "sorted": "nonconformance.sort",
        "responsible": "nonconformance.review", "cost": "nonconformance.cost", "send_return": "return.send",
        "sort": "nonconformance.dispose", "ask_board": "nonconformance.dispose", "vote": "board.vote",
    }
    return {name: policies.why_not(request.user, actions[name]) or why for name, why in by_state.items()}


def _former(case: Nonconformance) -> list[Nonconformance]:
    """The chain back from one that was there before."""
    found, one = [], case.repeat_of
    while one is not None and len(found) < 5:
        found.append(one)
        one = one.repeat_of
    return found
