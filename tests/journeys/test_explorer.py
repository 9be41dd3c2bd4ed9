"""Somebody looks for what a lot was made from and what became of it: by mouse and by keyboard."""

import re

from playwright.sync_api import expect


def test_a_genealogy_is_explored(plant, visit):
    lot = plant.facts["scenario"]["in_the_oven"][0]
    engineer = visit("engineer")
    engineer.go(f"/trace/lots/{lot}/")
    engineer.page.get_by_role("link", name="Explore", exact=True).click()
    explorer = engineer.page.locator("[data-explorer]")
    expect(explorer.locator("canvas").first).to_be_visible()
    expect(explorer.locator(".chart-note")).to_have_count(0)

    explorer.focus()
    engineer.page.keyboard.press("ArrowLeft")
    said = explorer.locator("[data-explorer-said]")
    expect(said).not_to_be_empty()
    expect(said.get_by_role("link")).to_have_attribute("href", re.compile("/trace/lots/"))

    explorer.locator("[data-explorer-find]").fill(lot)
    engineer.page.keyboard.press("Enter")
    expect(said).to_contain_text(lot)
    expect(engineer.page.locator("[data-chart=flows] canvas, [data-chart=flows] svg").first).to_be_visible()
    engineer.sees("Stage by stage")
    engineer.check()
