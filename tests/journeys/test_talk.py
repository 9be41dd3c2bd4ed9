"""Beside a thing in the browser: a colleague named with @, a photo, and words that nothing takes away."""

import io
import re

import pytest
from PIL import Image
from playwright.sync_api import expect

RESYNC = "document.dispatchEvent(new CustomEvent('resync'))"


@pytest.fixture
def lot(plant):
    return f"/trace/lots/{plant.facts['scenario']['raw_lot']}/"


@pytest.fixture
def engineer(visit, lot):
    visitor = visit("engineer")
    visitor.go(lot)
    return visitor


def photo():
    data = io.BytesIO()
    Image.new("RGB", (320, 240), "teal").save(data, "JPEG")
    return {"name": "scratch.jpg", "mimeType": "image/jpeg", "buffer": data.getvalue()}


def test_a_colleague_named_finds_it_in_the_inbox(visit, engineer):
    text = engineer.page.locator("[data-mention]")
    text.press_sequentially("Please look @insp", delay=60)
    expect(engineer.page.locator(".mention [aria-selected=true]")).to_contain_text("Li Na")
    engineer.check()
    text.press("Enter")
    expect(text).to_have_value("Please look @inspector ")
    engineer.page.get_by_role("button", name="Send").click()
    expect(engineer.page.locator(".talk")).to_contain_text("Please look")

    inspector = visit("inspector")
    inspector.page.locator("[data-bell] summary").click()

    expect(inspector.page.locator(".bell")).to_contain_text("Zhang Hui")


def test_words_outlive_news_a_photo_and_a_new_page(engineer, lot):
    page = engineer.page
    text = page.locator("[data-mention]")
    page.on("dialog", lambda dialog: dialog.accept())
    text.press_sequentially("half a thought", delay=60)

    with page.expect_response(re.compile("/talk/materiallot/")):
        page.evaluate(RESYNC)
    expect(text).to_be_focused()
    expect(text).to_have_value("half a thought")
    page.locator("[name=file]").set_input_files(photo())
    expect(page.locator(".talk-files img").first).to_be_visible()
    expect(text).to_have_value("half a thought")
    page.goto("/")
    page.goto(lot)

    expect(text).to_have_value("half a thought")
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".talk")).to_contain_text("half a thought")
    page.reload()
    expect(text).to_have_value("")


def test_what_is_no_picture_is_refused_and_said_so(engineer):
    page = engineer.page
    fake = {"name": "photo.png", "mimeType": "image/png", "buffer": b"<svg onload=alert(1)>"}

    page.locator("[name=file]").set_input_files(fake)

    expect(page.locator("main .alert")).to_contain_text("photo.png")
    engineer.check()
