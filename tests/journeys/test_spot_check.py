"""A weekly spot check, from the lots that the seed drew to a finding that one answers and another confirms."""

from playwright.sync_api import expect

CHECKS = "/production/spot-checks/"
CAUSE, DONE, SEEN = "The cable came loose again.", "Routed along the frame.", "Read in the oven's own log."


def first(page):
    """Open the first row of the list or table that is shown."""
    page.locator("main tbody a[href]").first.click()


def test_a_finding_is_followed_from_the_draw_to_its_end(visit):
    leader, engineer = visit("leader"), visit("engineer")
    leader.go(CHECKS)
    first(leader.page)
    leader.sees("Proof of the draw")
    leader.sees("The same lots")
    expect(leader.page.locator("#walk canvas, #walk svg").first).to_be_visible()
    leader.check()

    leader.go("/production/spot-findings/?status=OPEN")
    first(leader.page)
    leader.sees("What is missing")
    finding = leader.page.url
    leader.presses("Answer")
    leader.page.fill("[name=cause]", CAUSE)
    leader.page.fill("[name=answer]", DONE)
    leader.check()
    leader.page.locator("dialog[open] button[type=submit]").click()
    leader.sees("Answered; somebody else confirms it.")
    expect(leader.page.get_by_role("button", name="Confirm", exact=True)).to_be_disabled()

    engineer.page.goto(finding)
    engineer.sees(CAUSE)
    engineer.presses("Confirm")
    engineer.page.fill("dialog[open] [name=remark]", SEEN)
    engineer.page.locator("dialog[open] button[type=submit]").click()
    engineer.sees("Confirmed.")
    engineer.sees(SEEN)
    engineer.check()
