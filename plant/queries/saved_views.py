"""How somebody looks at a list: their views, those that others share, and the columns that they chose."""

from django.db.models import Q

from plant.models import ColumnChoice, Person, SavedView


def of(person: Person, listing: str) -> list[SavedView]:
    """One's own views of a list, then those that others share."""
    rows = SavedView.objects.filter(Q(owner=person) | Q(shared=True), listing=listing).select_related("owner")
    return sorted(rows, key=lambda view: (view.owner_id != person.pk, view.name.casefold(), view.pk))


def columns(person: Person, listing: str) -> list[str]:
    """The columns that somebody chose, if they did."""
    row = ColumnChoice.objects.filter(person=person, listing=listing).first()
    return [str(key) for key in row.columns] if row else []
