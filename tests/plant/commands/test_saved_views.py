"""Views of lists: one's own, shared ones, and who may do what with them."""

import pytest

from plant.commands import saved_views
from plant.errors import Refusal
from plant.models import Role, SavedView
from plant.policies import Forbidden
from plant.queries import saved_views as reading
from tests.factories import NOW, person

pytestmark = pytest.mark.django_db


def save(name="Late", *, by, shared=False, query="late=yes"):
    return saved_views.save(listing="lots", name=name, query=query, shared=shared, by=by, at=NOW)


def test_a_view_of_the_same_name_is_replaced():
    me = person("ME", Role.OPERATOR)
    save(by=me)

    save(" Late ", by=me, query="status=HELD")

    assert [(view.name, view.query) for view in reading.of(me, "lots")] == [("Late", "status=HELD")]


def test_a_view_is_ones_own_until_it_is_shared():
    leader, operator = person("TL", Role.TEAM_LEADER), person("OP", Role.OPERATOR)
    save("Mine", by=leader)
    save("Ours", by=leader, shared=True)

    assert [view.name for view in reading.of(operator, "lots")] == ["Ours"]
    assert reading.of(operator, "holds") == []


def test_an_operator_shares_nothing_and_nobody_saves_namelessly():
    operator = person("OP", Role.OPERATOR)

    with pytest.raises(Forbidden):
        save(by=operator, shared=True)
    with pytest.raises(Refusal, match="name"):
        save("  ", by=operator)


def test_only_its_owner_or_an_administrator_deletes_a_view():
    leader, other = (person(number, Role.TEAM_LEADER) for number in ("TL", "T2"))
    admin = person("A", Role.ADMINISTRATOR)
    shared, own = save(by=leader, shared=True), save("Mine", by=leader)

    with pytest.raises(saved_views.NotYours):
        saved_views.delete(view=shared, by=other)
    with pytest.raises(saved_views.NotYours):
        saved_views.delete(view=own, by=admin)
    saved_views.delete(view=shared, by=admin)
    saved_views.delete(view=own, by=leader)

    assert not SavedView.objects.exists()


def test_columns_are_remembered_until_the_usual_ones_are_wanted():
    me = person("ME", Role.VIEWER)
    saved_views.choose_columns(listing="lots", columns=["number", "kind"], by=me)
    assert reading.columns(me, "lots") == ["number", "kind"]

    saved_views.choose_columns(listing="lots", columns=[], by=me)

    assert reading.columns(me, "lots") == []
