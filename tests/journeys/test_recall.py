"""From a complaint to the QR page, the dossier, common causes, the scope and a recall; and a drill with its proof."""

import re

from playwright.sync_api import expect

RECALL, DRILL = re.compile(r"RCL\d{6}"), re.compile(r"DRL\d{6}")


def fill(page, **fields):
    """Write into the fields of what is open."""
    for name, value in fields.items():
        page.locator(f"[name={name}]").first.fill(value)


def test_a_complaint_becomes_a_recall(visit):
    engineer, stranger = visit("engineer"), visit()
    page = engineer.page
    engineer.go("/quality/complaints/?q=Display")
    page.locator("main tbody a").first.click()
    engineer.sees("Genealogy")
    complaint = page.url
    lot = page.locator("main a[href*='/lots/']").first.inner_text().strip()

    public = seen_by_a_stranger(engineer, stranger, lot)
    dossier(engineer, lot)
    shared(engineer, complaint)
    recall(engineer, lot)
    stranger.page.goto(public)
    stranger.sees("Do not use. Call us.")
    letters(engineer)
    page.goto(f"/trace/lots/{lot}/")
    engineer.sees(RECALL)
    engineer.sees("Put it aside. It may not be used, moved on or shipped.")


def seen_by_a_stranger(engineer, stranger, lot):
    """What the customer sees behind the QR code of the very serial; somebody without a login."""
    engineer.go(f"/trace/lots/{lot}/")
    engineer.presses("Customers' page")
    engineer.sees("Address in the code")
    public = engineer.page.get_by_role("link", name="Open as a customer").get_attribute("href")
    stranger.page.goto(public)
    stranger.sees(lot)
    return public


def dossier(engineer, lot):
    """Its record: man, machine, material, and whether its amounts add up."""
    for tab, words in (("people", "Who worked on it"), ("machines", "Machines it passed"), ("balance", "Adds up")):
        engineer.go(f"/trace/lots/{lot}/?tab={tab}")
        engineer.sees(words)


def shared(engineer, complaint):
    """From the complaint to what bad pieces share, and their curves over good ones."""
    engineer.page.goto(complaint)
    inside = engineer.page.locator("main")
    inside.get_by_role("link", name="What do they share?").click()
    engineer.sees("Compared with what was made beside them")
    engineer.check()
    inside.get_by_role("link", name="Compare curves").first.click()
    engineer.sees("Faulty")
    engineer.check()


def recall(engineer, lot):
    """From the scope to everything held and told."""
    engineer.go(f"/trace/scope/?kind=lot&code={lot}")
    engineer.sees("Perhaps affected")
    engineer.sees("Mass balance of what it starts from")
    engineer.presses("Open a recall…")
    fill(engineer.page, title="Displays stay dark", reason="A joint of the display opens.",
         text="Do not use. Call us.", text_zh="请勿使用，请联系我们。")
    engineer.check()
    engineer.presses("Call back and hold everything")
    engineer.sees(RECALL)
    engineer.sees("not told yet")
    engineer.check()


def letters(engineer):
    """Every customer is written to; the report of the recall is printed."""
    engineer.presses("Write to customers")
    box = engineer.page.locator("dialog[open]")
    box.locator("[name=email_0]").fill("quality@customer.example")
    engineer.check()
    box.get_by_role("button", name="Send the letters").click()
    engineer.sees("quality@customer.example")
    engineer.sees("This plant has no mail server yet")
    engineer.check()
    report = engineer.page.get_by_role("link", name="Print as PDF").get_attribute("href")
    assert engineer.page.request.get(report).body().startswith(b"%PDF")


def test_a_drill_ends_with_a_proof_that_somebody_else_signs(visit):
    manager, engineer = visit("manager"), visit("engineer")
    page = manager.page
    manager.go("/quality/recalls/drill/")
    fill(page, title="Where is all of the first bare board?", reason="Yearly")
    manager.presses(re.compile("^Begin$"))
    manager.sees(DRILL)
    address = page.url
    manager.presses("Find the scope")
    box = page.locator("dialog[open]")
    box.locator("[name=kind]").select_option("material")
    box.locator("[name=code]").fill("PCB-100")
    manager.check()
    box.get_by_role("button", name="Find it").click()
    manager.sees("Time to the scope")
    manager.presses("Settle the scope")
    manager.sees("Accounted for")
    manager.check()

    engineer.page.goto(address)
    engineer.presses("Close")
    box = engineer.page.locator("dialog[open]")
    box.locator("[name=reason]").fill("Found at once.")
    box.locator("[name=password]").fill("zhizao-demo-2026")
    engineer.check()
    box.get_by_role("button", name="Sign and close").click()
    engineer.sees("Found at once.")
    proof = engineer.page.get_by_role("link", name="Print as PDF").get_attribute("href")
    answer = engineer.page.request.get(proof)
    expect(answer).to_be_ok()
    assert answer.body().startswith(b"%PDF")
