"""Stopping things from outside, and what the API may let go of."""

import pytest

from plant.models import Role
from tests import factories
from tests.factories import NOW
from tests.integrations.erp.callers import PROBLEM, caller, code_of
from tests.mes import factories as floor
from traceability.commands import holds
from traceability.gate import Cause, Target
from traceability.models import CauseKind

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.integrations.erp.addresses")]


def test_a_lot_is_held_listed_and_released():
    factories.received("L1")
    erp = caller()
    hold = erp.post("holds/", {"lot": "L1", "reason": "recall", "reference": "8D-7"}).json()
    listed = erp.get("holds/?open=true").json()
    lot = erp.get("material-lots/L1/").json()
    released = erp.post(f"holds/{hold['id']}/release/", {"reason": "mistake"})
    again = erp.post(f"holds/{hold['id']}/release/", {"reason": "mistake"})

    assert listed == {"results": [hold], "next": None}
    assert (hold["cause"], lot["status"], lot["holds"]) == ("api:erp 8D-7", "HELD", [hold])
    assert released.json()["release_reason"] == "mistake"
    assert code_of(again) == (409, "already-released", PROBLEM)
    assert erp.get("holds/?open=true").json()["results"] == []
    assert len(erp.get("holds/?open=false").json()["results"]) == 1


def test_release_of_a_lot_frees_what_was_made_from_it():
    world = floor.world(5)
    world.ready(5)
    board, erp = world.outputs[0].number, caller()
    world.scan(board)
    hold = erp.post("holds/", {"lot": "PCB-1", "reason": "recall"}).json()
    held = world.scan(board).code
    released = erp.post(f"holds/{hold['id']}/release/", {"reason": "mistake"}).json()

    assert (held, [one["target"] for one in released["released_with"]]) == ("held", [board])
    assert [erp.get(f"material-lots/{number}/").json()["holds"] for number in ("PCB-1", board)] == [[], []]
    assert world.scan(board).outcome == "accepted"


@pytest.mark.parametrize("target", [{"equipment": "OVEN"}, {"job_order": True}])
def test_equipment_and_work_orders_are_held(target):
    job = floor.released()
    words = {"job_order": job.number} if "job_order" in target else target
    answer = caller().post("holds/", {**words, "reason": "leak"})
    assert answer.status_code == 201
    assert answer.json()["target_kind"] == next(iter(target)).upper()


@pytest.mark.parametrize("kind", [CauseKind.NONCONFORMANCE, CauseKind.INSPECTION, CauseKind.CAPA, CauseKind.PERSON])
def test_what_quality_holds_is_not_released_from_outside(kind):
    lot = factories.received("L1")
    quality = factories.person("Q", Role.QUALITY_ENGINEER)
    hold = holds.place(target=Target.lot(lot), cause=Cause(kind, "NC-1"), reason="burnt", by=quality, at=NOW)

    answer = caller().post(f"holds/{hold.pk}/release/", {"reason": "please"})

    hold.refresh_from_db()
    assert code_of(answer) == (409, "hold-not-yours", PROBLEM)
    assert (answer.json()["hold"], hold.released_at) == (hold.pk, None)


@pytest.mark.parametrize("body", [
    {"reason": "x"}, {"lot": "L1", "equipment": "OVEN", "reason": "x"}, {"lot": "L1"}, {"lot": "L1", "reason": " "},
    {"lot": "L1", "reason": "x" * 501}, {"equipment": "NONE", "reason": "x"}, {"lot": ["L1"], "reason": "x"},
])  # fmt: skip
def test_a_hold_on_nothing_or_without_reason_is_400(body):
    factories.received("L1")
    assert caller().post("holds/", body).status_code == 400


def test_a_hold_on_something_unknown_is_404():
    erp = caller()
    assert code_of(erp.post("holds/", {"lot": "NONE", "reason": "x"})) == (404, "unknown-lot", PROBLEM)
    assert code_of(erp.post("holds/", {"job_order": "NONE", "reason": "x"})) == (404, "unknown-order", PROBLEM)
    assert code_of(erp.post("holds/99/release/", {"reason": "x"})) == (404, "not-found", PROBLEM)


def test_pages_follow_one_another():
    erp = caller()
    for number in range(5):
        factories.received(f"L{number}")
        erp.post("holds/", {"lot": f"L{number}", "reason": "x"})
    first = erp.get("holds/?limit=3").json()
    second = erp.get(f"holds/?limit=3&after={first['next']}").json()

    assert [hold["target"] for hold in first["results"] + second["results"]] == ["L4", "L3", "L2", "L1", "L0"]
    assert second["next"] is None


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=-1", "limit=x", "limit=١", "lot=%00", "open=perhaps", "limit=1e3"]
)
def test_a_filter_that_cannot_be_read_is_400(query):
    assert code_of(caller().get(f"holds/?{query}")) == (400, "bad-filter", PROBLEM)


def test_the_list_takes_the_same_statements_for_one_and_for_many(django_assert_num_queries):
    erp = caller()
    for number in range(6):
        factories.received(f"L{number}")
        erp.post("holds/", {"lot": f"L{number}", "reason": "x"})
    with django_assert_num_queries(1):
        erp.get("holds/?limit=1")
    with django_assert_num_queries(1):
        erp.get("holds/?limit=50")
