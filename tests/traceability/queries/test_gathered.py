"""Gathering a trace: what is alike stands together, nothing is lost, and every link leads on."""

from decimal import Decimal

import pytest

from tests.traceability import worlds
from traceability.models import MaterialLot
from traceability.queries import flows, gathered, genealogy

pytestmark = pytest.mark.django_db


def fan(width: int) -> tuple[worlds.World, MaterialLot, list[MaterialLot]]:
    """One raw lot in many boards."""
    here = worlds.world()
    root = worlds.raw(here, "R", width)
    boards = [worlds.made(here, f"B{number:03}") for number in range(width)]
    for board in boards:
        worlds.link(root, board)
    return here, root, boards


def gather(root: MaterialLot, opened: int = 0, find: str = "") -> gathered.Gathered:
    return gathered.gather(genealogy.trace(root), {"1:LOT:CB-1": opened}, find)


def test_a_few_are_drawn_one_by_one() -> None:
    _, root, _ = fan(gathered.FEW)
    told = gather(root)
    assert (len(told.nodes), told.groups, len(told.bundles)) == (1 + gathered.FEW, (), gathered.FEW)


def test_many_alike_stand_together_with_all_their_links() -> None:
    _, root, _ = fan(40)
    told = gather(root)
    [group], [bundle] = told.groups, told.bundles
    assert [node.number for node in told.nodes] == ["R"]
    assert (group.key, group.rank, len(group.members), group.held) == ("1:LOT:CB-1", 1, 40, 0)
    assert (bundle.source, bundle.target, bundle.links, bundle.quantity) == (root.pk, group.key, 40, Decimal(40))


def test_an_opened_group_shows_the_held_ones_first_and_keeps_the_rest() -> None:
    _, root, boards = fan(40)
    MaterialLot.objects.filter(pk=boards[-1].pk).update(status="HELD", open_holds=1)
    told = gather(root, opened=10)
    assert [node.number for node in told.nodes] == ["R", "B039", *(f"B{number:03}" for number in range(9))]
    assert [len(group.members) for group in told.groups] == [30]
    assert sum(bundle.links for bundle in told.bundles) == 40


def test_the_one_that_is_looked_for_stands_alone() -> None:
    _, root, _ = fan(40)
    assert [node.number for node in gather(root, find="B017").nodes] == ["R", "B017"]


def test_a_lot_stands_after_all_it_was_made_from() -> None:
    here = worlds.world()
    a, b, c, d = (worlds.made(here, number) for number in "ABCD")
    for parent, child in ((a, b), (b, c), (a, c), (c, d), (a, d)):
        worlds.link(parent, child)
    assert gathered.ranks(genealogy.trace(a)) == {a.pk: 0, b.pk: 1, c.pk: 2, d.pk: 3}
    assert gathered.ranks(genealogy.trace(d)) == {a.pk: -3, b.pk: -2, c.pk: -1, d.pk: 0}
    assert gathered.ranks(genealogy.trace(c)) == {a.pk: -2, b.pk: -1, c.pk: 0, d.pk: 1}


def test_flows_add_up_by_material_and_lead_on() -> None:
    _, root, boards = fan(3)
    worlds.link(boards[0], boards[1], quantity=Decimal("0.5"))
    trace = genealogy.trace(root)
    found = flows.between(trace, gathered.ranks(trace))
    assert [(flow.source, flow.target, flow.quantity, flow.links) for flow in found] == [
        ((0, "PCB-1"), (1, "CB-1"), Decimal(2), 2), ((0, "PCB-1"), (2, "CB-1"), Decimal(1), 1),
        ((1, "CB-1"), (2, "CB-1"), Decimal("0.5"), 1),
    ]
