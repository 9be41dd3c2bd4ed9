"""Walking the genealogy both ways, against the truth that was built."""

import random
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.traceability import worlds
from traceability.models import LotStatus, MaterialLot
from traceability.queries import genealogy

pytestmark = pytest.mark.django_db


def chain() -> tuple[worlds.World, list[MaterialLot]]:
    """R1 and R2 into P, P into S1 and S2."""
    here = worlds.world()
    lots = [worlds.raw(here, "R1"), worlds.raw(here, "R2")]
    lots += [worlds.made(here, number) for number in ("P", "S1", "S2")]
    r1, r2, p, s1, s2 = lots
    for parent, child in ((r1, p), (r2, p), (p, s1), (p, s2)):
        worlds.link(parent, child)
    return here, lots


def numbers(nodes: list[genealogy.Node]) -> list[str]:
    return [node.number for node in nodes]


def test_trace_both_ways_from_the_middle() -> None:
    _, (_, _, p, _, _) = chain()
    found = genealogy.trace(p)
    assert (numbers(found.upstream), numbers(found.downstream)) == (["R1", "R2"], ["S1", "S2"])
    assert len(found.edges) == 4


def test_trace_takes_three_statements(django_assert_num_queries) -> None:
    _, (r1, *_) = chain()
    with django_assert_num_queries(3):
        genealogy.trace(r1)


def test_trace_downstream_stops_at_the_depth() -> None:
    _, (r1, *_) = chain()
    found = genealogy.trace(r1, "downstream", depth=1)
    assert (numbers(found.downstream), len(found.edges)) == (["P"], 1)


def test_trace_of_a_lot_alone_is_the_lot() -> None:
    lot = worlds.raw(worlds.world(), "ALONE")
    found = genealogy.trace(lot)
    assert (numbers(list(found.nodes)), found.edges) == (["ALONE"], ())


def test_trace_leaves_out_undone_links() -> None:
    here, (_, _, p, _, _) = chain()
    wrong = worlds.link(worlds.raw(here, "R9"), p)
    worlds.undo(wrong)
    assert numbers(genealogy.trace(p, "upstream").upstream) == ["R1", "R2"]
    assert numbers(genealogy.trace(wrong.parent, "downstream").downstream) == []


def test_trace_as_of_a_moment_shows_what_was_undone_later() -> None:
    here, (_, _, p, _, _) = chain()
    worlds.undo(worlds.link(worlds.raw(here, "R9"), p, minutes=5), minutes=30)
    then = worlds.NOON + timedelta(minutes=10)
    assert numbers(genealogy.trace(p, "upstream", as_of=then).upstream) == ["R1", "R2", "R9"]


def test_trace_says_what_a_person_needs_of_a_lot() -> None:
    _, (r1, _, p, _, _) = chain()
    MaterialLot.objects.filter(pk=r1.pk).update(status=LotStatus.HELD, open_holds=2)
    node = genealogy.trace(p, "upstream").by_id[r1.pk]
    assert (node.material, node.supplier, node.supplier_lot) == ("PCB-1", "Shennan Circuits", "SL-1")
    assert (node.status, node.open_holds, node.balances) == ("HELD", 2, {"STOCK": Decimal(100)})


def test_trace_stops_at_the_most_it_may_show() -> None:
    here, (r1, *_) = chain()
    for index in range(8):
        worlds.link(r1, worlds.made(here, f"X{index}"))
    found = genealogy.trace(r1, "downstream", most=5)
    assert (len(found.nodes), len(found.edges), found.is_cut) == (5, 4, True)
    assert not genealogy.trace(r1, "downstream", most=50).is_cut


def test_from_supplier_lot_finds_everything_that_holds_it() -> None:
    here, _ = chain()
    worlds.raw(here, "OTHER", supplier_lot="SL-2")
    found = genealogy.from_supplier_lot("SL-1", "S1")
    assert sorted(node.number for node in found.nodes) == ["P", "R1", "R2", "S1", "S2"]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sets(st.tuples(st.integers(0, 11), st.integers(0, 11)).filter(lambda e: e[0] < e[1]), max_size=30))
def test_up_and_down_agree_on_any_graph(django_db_blocker, edges: set[tuple[int, int]]) -> None:
    prefix = f"{MaterialLot.objects.count()}-"
    here = worlds.world() if not MaterialLot.objects.exists() else worlds.again()
    lots = [worlds.made(here, f"{prefix}{index}") for index in range(12)]
    for parent, child in edges:
        worlds.link(lots[parent], lots[child])
    ids = [lot.pk for lot in lots]
    down = {(a, b) for a in ids for b in genealogy.lot_ids([a], "downstream")}
    up = {(a, b) for b in ids for a in genealogy.lot_ids([b], "upstream")}
    assert down == up


def test_all_pairs_of_a_large_graph_agree_with_a_walk_in_memory() -> None:
    here, dice = worlds.world(), random.Random(5)
    lots = [worlds.made(here, f"L{index}") for index in range(101)]
    pairs = {tuple(sorted(dice.sample(range(max(0, end - 25), end + 1), 2))) for end in range(1, 101) for _ in range(3)}
    for first, second in sorted(pairs):
        worlds.link(lots[first], lots[second])
    place = {lot.pk: index for index, lot in enumerate(lots)}
    for start in range(101):
        down = {place[lot] for lot in genealogy.lot_ids([lots[start].pk], "downstream")}
        up = {place[lot] for lot in genealogy.lot_ids([lots[start].pk], "upstream")}
        assert (down, up) == (walked(pairs, start, 0), walked(pairs, start, 1))


def walked(pairs: set[tuple[int, ...]], start: int, near: int) -> set[int]:
    """The oracle: what can be reached along pairs, from their first to their second or the other way."""
    seen, ring = {start}, [start]
    while ring:
        ring = [pair[1 - near] for pair in pairs if pair[near] in ring and pair[1 - near] not in seen]
        seen.update(ring)
    return seen
