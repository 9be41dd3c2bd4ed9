"""A lot and a hold as they stand on paper."""

from django.utils.translation import gettext as _

from plant.models import Person
from plant.printing import Sheet, Table, amount, facts_of, text
from traceability.models import Hold, MaterialLot
from traceability.queries import genealogy, genealogy_seen, lots
from traceability.queries.genealogy import Node

MOST_LOTS = 200
LOT_FACTS = ("material", "kind", "supplier", "supplier_lot", "job_order", "expires_at", "created_at", "site")
HOLD_FACTS = ("cause_kind", "cause_id", "placed_by", "placed_at", "released_by", "released_at")


def lot(row: MaterialLot, reader: Person) -> Sheet:
    """What it is, where it lies, what it was made from and what was made from it."""
    trace = genealogy_seen.seen_by(genealogy.trace(row, most=MOST_LOTS), reader)
    spots = [(one.get_bucket_display(), one.place, amount(one.quantity)) for one in lots.balances(row)]
    steps = [
        (named(trace.by_id[edge.parent]), named(trace.by_id[edge.child]), amount(edge.quantity), text(edge.operation))
        for edge in trace.edges
        if edge.parent in trace.by_id and edge.child in trace.by_id
    ]
    return Sheet(
        kind=str(row.get_kind_display()), number=row.number, title=str(row.material),
        state=str(row.get_status_display()), facts=facts_of(row, LOT_FACTS),
        tables=[
            Table(_("Where it is"), [_("Where"), _("Place"), _("Quantity")], spots, (2,)),
            Table(_("Genealogy"), [_("From"), _("Into"), _("Quantity"), _("Operation")], steps, (2,)),
        ],
    )


def named(node: Node) -> str:
    """The number, or that it is another site's."""
    return node.number or _("Belongs elsewhere")


def hold(row: Hold, reader: Person) -> Sheet:
    """What is stopped, why, and by whom."""
    texts = [(_("Reason"), str(row.reason)), (_("Why it was released"), str(row.release_reason))]
    return Sheet(
        kind=_("Hold"), number=str(row.pk), title=str(row.target_label),
        state=_("Released") if row.released_at else _("Open"), facts=facts_of(row, HOLD_FACTS),
        texts=[(heading, body) for heading, body in texts if body],
    )
