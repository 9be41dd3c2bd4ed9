"""The dispatch board: columns with load, drops by script and by dialog, refusals at the card, and proposals."""

import pytest
from django.urls import reverse

from mes.commands import machines
from mes.models import JobOrder
from plant.models import Equipment
from plant.queries import persons
from tests import factories as ground
from tests.factories import NOW
from tests.mes import factories
from tests.mes import ways_world as branched
from tests.mes.queue_world import able, more, queue, row

pytestmark = pytest.mark.django_db
BOARD = "/production/dispatch/"
JSON = {"Accept": "application/json"}


@pytest.fixture
def planner(client):
    client.force_login(factories.planner())
    return client


@pytest.fixture
def jobs():
    return [factories.world(stock=25).job, more("PO2"), more("PO3", dispatched=False)]


def drop(client, job, station, **form):
    place = Equipment.objects.get(code=station).pk
    url = reverse("mes:job-order-put", args=[job.number])
    return client.post(url, {"station": place, "operation": "MOUNT", **form}, headers=JSON)


def test_the_board_has_the_waiting_and_a_column_for_each_station(planner, jobs):
    page = planner.get(BOARD)
    board = page.context["board"]
    assert [one.job.number for one in board.waiting] == [jobs[2].number]
    assert {column.station.code: len(column.cards) for column in board.columns} == {"MOUNT": 2, "OVEN": 2, "TEST": 2}
    assert round(board.columns[0].hours * 3600) == 200
    assert len(board.columns[0].parts) == 5


@pytest.mark.parametrize("per", ["shift", "day"])
def test_its_load_is_cut_by_shift_or_day(planner, jobs, per):
    page = planner.get(BOARD, {"per": per})
    part = page.context["board"].columns[0].parts[0]
    assert round(part.takes.total_seconds()) == 200
    assert part.has.total_seconds() <= 24 * 3600


def test_a_drop_answers_a_script(planner, jobs):
    answer = drop(planner, jobs[1], "MOUNT", before=row(jobs[0]).pk)
    assert jobs[1].number in answer.json()["said"]
    assert queue("MOUNT")[0] == jobs[1].number


def test_a_refused_drop_tells_every_reason(planner, jobs):
    machines.observe_state(equipment=ground.station("OVEN"), state="ALARM", by=persons.system("plc"), at=NOW)
    answer = drop(planner, jobs[2], "MOUNT", operation="")
    assert answer.status_code == 409
    assert [one["code"] for one in answer.json()["reasons"]] == ["equipment-down", "material-short"]
    assert JobOrder.objects.get(pk=jobs[2].pk).status == "RELEASED"


def test_the_dialog_moves_by_turn_and_comes_back_to_the_board(planner, jobs):
    card = row(jobs[1])
    page = planner.get(BOARD, {"move": card.pk})
    assert page.context["moving"].pk == card.pk
    url = reverse("mes:job-order-put", args=[jobs[1].number])
    form = {"station": card.station_id, "operation": "MOUNT", "position": 1, "seen": page.context["moving"].seen}
    answer = planner.post(f"{url}?line=LINE&per=day", form)
    assert answer.url == f"{BOARD}?line=LINE&per=day"
    assert queue("MOUNT")[0] == jobs[1].number


def test_a_refused_dialog_opens_again_with_what_was_typed(planner, jobs):
    url = reverse("mes:job-order-send", args=[jobs[2].number])
    page = planner.post(f"{url}?line=LINE", {"line": ground.line().pk, "station_MOUNT": ground.station("MOUNT").pk})
    assert page.status_code == 409
    assert page.context["send_form"]["station_MOUNT"].value() == str(ground.station("MOUNT").pk)
    planner.post(f"{url}?line=LINE", {"line": ground.line().pk, "despite_shortage": "Truck at noon."})
    assert JobOrder.objects.get(pk=jobs[2].pk).status == "DISPATCHED"


def test_another_way_begins_with_the_station_of_the_drop(planner, jobs):
    station = ground.station("MOUNT").pk
    page = planner.get(BOARD, {"send": jobs[2].number, "station": station})
    form = page.context["send_form"]
    assert (form["station_MOUNT"].value(), form["station_OVEN"].value()) == (str(station), None)


def test_what_a_machine_endangers_is_marked_with_a_proposal(planner, jobs):
    able(jobs[0], "MOUNT", ground.station("MOUNT2"))
    machines.observe_state(equipment=ground.station("MOUNT"), state="ALARM", by=persons.system("plc"), at=NOW)
    endangered = [column for column in planner.get(BOARD).context["board"].columns if column.is_endangered]
    assert [column.station.code for column in endangered] == ["MOUNT"]
    assert {card.instead for card in endangered[0].cards} == {"MOUNT2"}
    page = planner.get(BOARD, {"instead": row(jobs[0]).pk})
    assert page.context["put_form"]["station"].value() == ground.station("MOUNT2").pk


def test_a_rule_is_previewed_and_taken_over(planner, jobs):
    JobOrder.objects.filter(pk=jobs[0].pk).update(due_at=factories.LATER.replace(year=2027))
    url = reverse("mes:dispatch-queue", args=["MOUNT"])
    page = planner.get(url, {"rule": "due"})
    assert queue("MOUNT")[0] == jobs[0].number
    sent = {name: page.context[name] for name in ("order", "seen", "rule")}
    planner.post(reverse("mes:dispatch-arrange", args=["MOUNT"]), sent)
    assert queue("MOUNT")[0] == jobs[1].number
    assert planner.post(reverse("mes:dispatch-arrange", args=["MOUNT"]), sent).status_code == 409


def test_who_may_only_look_gets_no_handles(client, jobs):
    client.force_login(ground.person("V", "VIEWER"))
    page = client.get(BOARD, {"move": row(jobs[0]).pk})
    assert "data-grip" not in page.content.decode()
    assert drop(client, jobs[1], "MOUNT").status_code == 403


def test_the_board_needs_the_same_statements_for_many(planner, jobs, django_assert_max_num_queries):
    planner.get(BOARD)
    with django_assert_max_num_queries(60) as few:
        planner.get(BOARD)
    for number in ("PO4", "PO5", "PO6"):
        more(number)
    with django_assert_max_num_queries(len(few)):
        planner.get(BOARD)


def test_a_lot_lies_at_every_operation_of_its_group_that_it_still_has_to_pass(planner):
    world = branched.world(quantity=10)
    branched.done(world, "CUT", "BRUSH")
    cards = {card.operation: card for column in planner.get(BOARD).context["board"].columns for card in column.cards}
    assert {code for code, card in cards.items() if card.lots} == {"DRILL", "MARK"}


def test_what_is_done_at_one_alternative_is_done_for_all(planner):
    world = branched.world(quantity=20)
    for lot in (0, 1):
        branched.done(world, "CUT", "DRILL", "BRUSH", "MARK", lot=lot)
    branched.done(world, "LASER", lot=0)

    def cards():
        columns = planner.get(BOARD).context["board"].columns
        return {card.operation: card.left for column in columns for card in column.cards}

    assert (cards()["LASER"], cards()["GLUE"]) == (10, 10)
    branched.done(world, "GLUE", lot=1)
    assert not {"LASER", "GLUE"} & set(cards())
