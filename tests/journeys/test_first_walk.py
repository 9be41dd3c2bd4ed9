"""What somebody new meets: the first walk through the product, and help that is found by a word."""

import re

from playwright.sync_api import expect


def test_the_first_walk_goes_through_its_places_and_does_not_come_back(visit):
    trainee = visit("viewer")
    page, walk = trainee.page, trainee.page.locator("[data-tour]")
    expect(walk).to_be_visible()
    trainee.check()
    seen = []
    while walk.is_visible() and len(seen) < 9:
        seen.append(walk.locator("[data-tour-title]").inner_text())
        expect(page.locator("[data-tour-here]")).to_have_count(1)
        walk.locator("[data-tour-next]").click()
    assert len(seen) == len(set(seen)) > 1

    page.goto("/help/?q=label")
    expect(page.locator("main .inbox-what").first).to_contain_text(re.compile("label", re.I))
    page.goto("/")

    expect(walk).not_to_be_visible()
