"""A supplier answers for a bad lot through a link, and a complaint leads to where everything of its lot went."""

import re

from playwright.sync_api import expect

SCAR = re.compile(r"SCAR\d{5}")


def send(visitor, dialog, submit, **fields):
    """Fill in a dialog and send it."""
    visitor.presses(dialog)
    box = visitor.page.locator("dialog[open]")
    for name, value in fields.items():
        field = box.locator(f"[name={name}]")
        field.select_option(value) if field.evaluate("one => one.tagName") == "SELECT" else field.fill(value)
    visitor.check()
    box.get_by_role("button", name=submit, exact=True).click()
    expect(visitor.page.locator("dialog[open]")).to_have_count(0)


def answer(stranger, text):
    """What the supplier writes to the step that is open."""
    stranger.page.fill("[name=text]", text)
    stranger.page.fill("[name=author]", "Feng Jie")
    stranger.page.get_by_role("button", name="Send the answer").click()
    stranger.sees("Your answer is being judged")
    stranger.check()


def test_a_supplier_answers_by_the_link_and_reaches_nothing_else(visit):
    engineer, stranger = visit("engineer"), visit()
    engineer.go("/quality/supplier-requests/new/")
    fields = {"title": "Capacitors out of tolerance", "problem": "Nine of fifty measured below 8 µF."}
    for name, value in fields.items():
        engineer.page.fill(f"main [name={name}]", value)
    engineer.page.select_option("main [name=supplier]", "S-YUEDA")
    engineer.page.select_option("main [name=language]", "en")
    engineer.presses("Ask the supplier")
    engineer.sees(SCAR)
    engineer.check()
    link = engineer.page.locator("main code").inner_text()
    stranger.go(link)
    stranger.sees("Nine of fifty measured below 8 µF.")
    answer(stranger, "All boxes at our store are sorted.")
    engineer.page.reload()
    send(engineer, "Judge the answer", "Tell the supplier", verdict="refuse", reason="Which boxes?")
    stranger.page.goto(link)
    stranger.sees("Which boxes?")
    answer(stranger, "Boxes 1 to 40, of October.")
    engineer.page.reload()
    send(engineer, "Judge the answer", "Tell the supplier", verdict="accept")
    engineer.sees("Root cause")
    stranger.page.goto("/quality/supplier-requests/")
    expect(stranger.page).to_have_url(re.compile("/login/"))


def test_the_figures_of_a_supplier_lead_to_their_records(visit):
    engineer = visit("engineer")
    engineer.go("/quality/suppliers/S-HUATIAN/")
    engineer.sees("Scorecard")
    engineer.page.locator("main td a[href*='/records/ppm/']").first.click()
    engineer.sees("What it is made from")
    engineer.check()


def test_a_complaint_leads_to_its_genealogy_and_to_what_left(visit):
    engineer = visit("engineer")
    engineer.go("/quality/complaints/")
    engineer.page.get_by_role("link", name=re.compile(r"CC\d{6}")).first.click()
    engineer.check()
    for path in ("/quality/complaints/?status=all", "/quality/returns/?status=all", "/quality/field/"):
        engineer.go(path)
    engineer.go("/quality/complaints/?q=Display")
    engineer.page.locator("main tbody a").first.click()
    engineer.sees("Genealogy")
    engineer.sees("Shipments of the lot")
    engineer.page.locator("main tbody a[href*='/shipments/']").first.click()
    engineer.sees("Shipment")
