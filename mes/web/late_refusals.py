"""The list of what tablets did without network and could not be done any more: for the team leader to see to."""

from django.utils.translation import gettext_lazy as _

from mes.commands import late_refusals as commands
from mes.queries import late_refusals
from mes.web.forms import ReasonForm
from plant.lists.description import Act, Column, Listing, Nothing
from plant.lists.filters import DateRange, Flag, TextFilter
from plant.lists.looks import Moment, Text, Who

LATE = Listing(
    key="late", title=_("Refused afterwards"), url="mes:late-refusal-list", action="refusal.read",
    subtitle=_("What tablets kept without network, and what could no longer be done when it came. See to each."),
    rows=lambda viewer: late_refusals.every(), search=("scanned", "station__code", "reason"),
    placeholder=_("Code or station"), order="-at", tone=lambda row: "" if row.seen_at else "failed",
    columns=(
        Column(key="scanned", label=_("Scanned"), look=Text(icon="barcode"), sort=("scanned",)),
        Column(key="station", label=_("Station"), value="station.code", sort=("station__code",)),
        Column(key="reason", label=_("Why not"), look=Text(most=200)),
        Column(key="by", label=_("By"), value="by", look=Who(), sort=("by__name",)),
        Column(key="made", label=_("Done"), value="made_at", look=Moment(style="second"), sort=("made_at",)),
        Column(key="at", label=_("Refused"), look=Moment(style="second"), sort=("at",)),
        Column(key="answer", label=_("Done about it"), look=Text(most=90)),
        Column(key="seen_by", label=_("Seen to by"), value="seen_by", look=Who(), hidden=True),
    ),
    filters=(
        Flag(key="open", label=_("Nobody saw to it yet"), field="seen_at__isnull"),
        TextFilter(key="station", label=_("Station"), field="station__code"),
        DateRange(key="refused", label=_("Refused"), field="at", more=True),
    ),
    acts=(
        Act(key="see-to", label=_("I have seen to it"), action="refusal.answer", icon="check", form=ReasonForm,
            trial={"reason": "?"},
            run=lambda row, reason, by, at: commands.see_to(refusal=row, answer=reason, by=by, at=at)),
    ),
    nothing=Nothing(
        title=_("Nothing was refused afterwards"), icon="circle-check",
        text=_("Every act that tablets kept without network was taken."),
    ),
)
