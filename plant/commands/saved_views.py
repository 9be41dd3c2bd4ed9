"""Keeping how somebody looks at a list, for themselves or for everybody."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from plant import policies
from plant.errors import Refusal
from plant.locks import lock
from plant.models import ColumnChoice, Person, SavedView
from plant.transactions import command

MOST = 100


class NotYours(Refusal):
    """A view that somebody else saved."""

    code = "not-your-view"


@command
def save(*, listing: str, name: str, query: str, shared: bool, by: Person, at: datetime) -> SavedView:
    """Keep a view under a name; one's own view of this name is replaced."""
    policies.check(by, "view.share" if shared else "view.save")
    name = " ".join(name.split())[:80]
    if not name:
        raise Refusal(_("Give the view a name, so that you find it again."), code="no-name")
    own = SavedView.objects.filter(owner=by, listing=listing)
    if own.exclude(name=name).count() >= MOST:
        raise Refusal(_("You have %(n)s views of this list. Delete one first.") % {"n": MOST}, code="too-many-views")
    fields = {"query": query, "shared": shared, "saved_at": at}
    return SavedView.objects.update_or_create(owner=by, listing=listing, name=name, defaults=fields)[0]


@command
def delete(*, view: SavedView, by: Person) -> None:
    """Forget a view: one's own, or a shared one that is nobody's business any more."""
    policies.check(by, "view.save")
    rows = SavedView.objects.filter(pk=view.pk)
    for found in lock(rows):
        if found.owner_id != by.pk and not (found.shared and policies.may(by, "view.curate")):
            raise NotYours(_("Somebody else saved this view. Ask %(name)s to delete it.") % {"name": view.owner.name})
    rows.delete()


@command
def choose_columns(*, listing: str, columns: Sequence[str], by: Person) -> None:
    """Remember which columns somebody wants to see; none of them means the usual ones."""
    policies.check(by, "view.save")
    if columns:
        ColumnChoice.objects.update_or_create(person=by, listing=listing, defaults={"columns": list(columns)})
    else:
        ColumnChoice.objects.filter(person=by, listing=listing).delete()
