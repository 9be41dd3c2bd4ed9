"""The dispatch board in the browser: cards are dragged, carried by keys, refused with reasons, and seen by others."""

import re

import pytest
from playwright.sync_api import expect

BOARD = "/production/dispatch/?line=LINE-2"
QUEUE = """
from datetime import timedelta
from decimal import Decimal
from django.utils import timezone
from demo.seeds.process import site
from mes.commands import job_orders, work_requests
from plant.models import Equipment, MaterialDefinition, Person
by, at, why = Person.objects.get(number="planner"), timezone.now(), "It comes this morning."
for days in (4, 3, 2):
    order = work_requests.receive(
        number=f"BOARD-{days}", material=MaterialDefinition.objects.get(code="CB-100"), quantity=Decimal(20),
        due_at=at + timedelta(days=days), site=site(), by=by, at=at,
    )
    job = work_requests.release(work_request=order, by=by, at=at).job_orders.get()
    job = job_orders.release(job_order=job, by=by, at=at, despite_shortage=why)
    line = Equipment.objects.get(code="LINE-2")
    job_orders.dispatch(job_order=job, line=line, by=by, at=at, despite_shortage=why)
"""


@pytest.fixture(scope="module")
def queued(plant):
    """Three work orders wait at every station of line 2, the one that is due last in front."""
    plant.manage("shell", "-c", QUEUE)


@pytest.fixture
def planner(visit, queued):
    visitor = visit("planner")
    visitor.go(BOARD)
    return visitor


def column_of(page):
    """The first station with the work orders of this story."""
    queued = page.locator("[data-column]:not(#column-waiting)").filter(has=page.locator(".board-card"))
    return f"#{queued.first.get_attribute('id')}"


def names(page, column):
    return page.locator(f"{column} .board-card").evaluate_all("cards => cards.map((one) => one.dataset.name)")


def grip(page, column, name):
    return page.locator(f'{column} .board-card[data-name="{name}"] [data-grip]')


def carry(page, grip, target):
    """Press, move in steps, let go: what a mouse or a finger does."""
    grip.scroll_into_view_if_needed()
    start, end = grip.bounding_box(), target.bounding_box()
    page.mouse.move(start["x"] + 8, start["y"] + 8)
    page.mouse.down()
    page.mouse.move(end["x"] + 40, end["y"] + 6, steps=12)
    page.mouse.up()


def test_a_card_takes_another_turn_by_mouse_and_by_keys(planner, visit):
    page, other = planner.page, visit("planner")
    column = column_of(page)
    other.go(BOARD)
    before = names(page, column)
    last = before[-1]

    carry(page, grip(page, column, last), page.locator(f"{column} .board-card").first)

    expect(page.locator(f"{column} .board-card").first).to_have_attribute("data-name", last)
    expect(other.page.locator(f"{column} .board-card").first).to_have_attribute("data-name", last, timeout=20_000)
    grip(page, column, last).focus()
    page.keyboard.press("Space")
    for _card in before:
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    expect(page.locator(f"{column} .board-card").last).to_have_attribute("data-name", last)
    assert names(page, column) == before


def test_escape_leaves_the_card_where_it_was(planner):
    page = planner.page
    column = column_of(page)
    before = names(page, column)
    grip(page, column, before[0]).focus()
    for key in ("Space", "ArrowDown", "Escape"):
        page.keyboard.press(key)

    expect(page.locator("[data-board-said]")).to_contain_text(before[0])
    assert names(page, column) == before


def test_a_drop_that_is_refused_says_why_and_loses_nothing(planner):
    page = planner.page
    column = column_of(page)
    name = names(page, column)[0]
    able = page.locator(f'{column} .board-card[data-name="{name}"]').get_attribute("data-able").split()
    others = [one.get_attribute("data-column") for one in page.locator("[data-column]").all()]
    wrong = next(one for one in others if one not in [*able, "waiting"])
    carry(page, grip(page, column, name), page.locator(f"#column-{wrong} .board-cards"))

    refusal = page.locator(f'{column} .board-card[data-name="{name}"] .board-refusal')
    expect(refusal.locator("li")).to_have_count(1)
    planner.check()
    refusal.get_by_role("link").click()
    expect(page.locator("dialog[open] [name=station]")).to_be_visible()
    planner.check()


def test_a_turn_is_chosen_in_the_dialog_without_dragging(planner):
    page = planner.page
    column = column_of(page)
    last = names(page, column)[-1]
    page.locator(f'{column} .board-card[data-name="{last}"] [name=move]').click()
    page.locator("dialog[open] [name=position]").fill("1")
    page.locator("dialog[open] form button[type=submit][data-kind=primary]").click()

    expect(page).to_have_url(re.compile("/production/dispatch/"))
    expect(page.locator(f"{column} .board-card").first).to_have_attribute("data-name", last)


def test_a_queue_is_arranged_by_a_rule_after_a_look(planner):
    page = planner.page
    column = column_of(page)
    page.locator(f"{column} .board-head a").click()
    page.locator(".tab").nth(1).click()
    planner.check()
    take = page.get_by_role("button", name="Work in this order")
    if take.count():
        take.click()
        planner.sees("works in this order now")
    page.goto(page.url.split("?")[0] + "?rule=due")
    planner.sees("The queue is in this order already")
