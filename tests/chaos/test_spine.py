"""kill -9 of database, Redis and the edges under connections whose other side fails, repeats, reorders and lags.

Every message is applied once and in order, or lies at the desk of dead letters with its reason.
"""

import os
import signal
import time
from collections import defaultdict
from contextlib import suppress
from itertools import pairwise
from typing import Any

import pytest

from benchmarks.plant import Plant, Unreachable
from tests.chaos.other_system import OtherSystem, other_system

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(900)]
VICTIMS = ("postgres", "redis", "edges", "postgres")
AT_ONCE, MATERIALS, BAD_ONES = 18, 8, 2
BETWEEN, SETTLING, PATIENCE = 8.0, 420.0, 90.0
OPEN = "SELECT count(*) FROM integrations_exchange e JOIN integrations_connection c ON c.id = e.connection_id " \
       "WHERE c.code = ANY(%s) AND e.status = 'WAITING'"
COUNTED = "SELECT count(*) FROM integrations_exchange e JOIN integrations_connection c ON c.id = e.connection_id " \
          "WHERE c.code = %s AND e.direction = %s"


@pytest.fixture(scope="module")
def plant(system):
    return Plant(system.var)


def insist(plant, *words):
    """Ask the plant until its database is there."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            return plant.run("benchmarks.spine", *map(str, words))
        except Unreachable:
            if time.monotonic() > end:
                raise
            time.sleep(1)


def waited(ask, told: str) -> None:
    """Wait until it is so, outages included."""
    end = time.monotonic() + SETTLING
    while time.monotonic() < end:
        with suppress(Exception):
            if ask():
                return
        time.sleep(1)
    raise AssertionError(told)


def verdict(account: dict[str, Any], other: OtherSystem, told: int) -> dict[str, Any]:
    """What is not as it must be, by its name; nothing of it where all is well."""
    out, came = ([row for row in account["messages"] if row["direction"] == way] for way in ("OUT", "IN"))
    objects: dict[str, list[int]] = defaultdict(list)
    for _message, thing, number in other.booked:
        objects[thing].append(number)
    versions: dict[str, list[int]] = defaultdict(list)
    for code, name in account["names"]:
        versions[code].append(int(name.removeprefix("v")))
    sound = {row["changed"] for row in other.rows if row["unit"] == "C62"}
    newest = {row["no"]: row["changed"] for row in other.rows if row["changed"] in sound}
    done = [row for row in came if row["result"].get("status") in {"created", "changed"} and row["status"] == "DONE"]
    found = {
        "lost out": sorted(set(range(told)) - {number for _message, _thing, number in other.booked}),
        "booked twice": len(other.booked) - len({message for message, _thing, _number in other.booked}),
        "booked out of order": [thing for thing, numbers in objects.items() if not ascending(numbers)],
        "lost in": sorted({str(row["changed"]) for row in other.rows} ^ {row["version"] for row in came}),
        "kept twice": len(came) - len({row["version"] for row in came}),
        "applied out of order": [code for code, numbers in versions.items() if not ascending(numbers)],
        "applied more or less than once": len(account["names"]) - len(done),
        "not the newest": [code for code, version in newest.items() if versions[code][-1:] != [version]],
        "open": [row["seq"] for row in account["messages"] if row["status"] == "WAITING"],
        "parked though sound": [row["seq"] for row in came if row["status"] == "DEAD" and int(row["version"]) in sound],
        "bad, yet not parked with a reason": [
            row["seq"] for row in came
            if int(row["version"]) not in sound and not (row["status"] == "DEAD" and row["last_error"])],
        "gaps": [way for way, rows in (("OUT", out), ("IN", came))
                 if [row["seq"] for row in rows] != list(range(1, len(rows) + 1))],
    }  # fmt: skip
    return {name: one for name, one in found.items() if one}


def ascending(numbers: list[int]) -> bool:
    return all(one < another for one, another in pairwise(numbers))


def kill(plant, victim):
    with suppress(KeyError, ProcessLookupError):  # it is being started just now
        os.kill(plant.pids[victim], signal.SIGKILL)


def test_whatever_dies_every_message_counts_once_and_in_order_or_is_parked(plant):
    assert set(VICTIMS) <= plant.pids.keys()
    stamp = int(time.time())
    run, careless, told = f"chaos{stamp}", f"naive{stamp}", 0
    with other_system() as other, other_system(knows_ids=False) as naive:
        insist(plant, "join", run, other.url)
        insist(plant, "join", careless, naive.url)
        for victim in VICTIMS:
            told += insist(plant, "tell", run, told, AT_ONCE)
            for n in range(MATERIALS):
                other.change(f"CHAOS{stamp}-{n}")
            time.sleep(BETWEEN)
            kill(plant, victim)
            for n in range(MATERIALS):
                other.change(f"CHAOS{stamp}-{n}")
        for n in range(BAD_ONES):
            other.change(f"BAD{stamp}-{n}", unit="NONE")
        plant.wait_ready(PATIENCE)
        waited(lambda: plant.ask(COUNTED, run, "IN")[0][0] >= len(other.rows), "not everything was fetched")
        for one in (run, careless):
            waited(lambda code=one: plant.ask(COUNTED, code, "OUT")[0][0] >= told, "not everything was told")
        waited(lambda: plant.ask(OPEN, [run, careless])[0][0] == 0, "messages are still on their way")
        account = insist(plant, "account", run)
        careless_account = insist(plant, "account", careless)
        for one in (run, careless):
            insist(plant, "leave", one)

    assert verdict(account, other, told) == {}
    assert len(other.arrivals) > len(other.booked) == told  # messages did come again, and counted once
    assert verdict(careless_account, naive, told).keys() >= {"booked twice"}  # what would be without their ids


def test_the_verdict_sees_what_is_wrong():
    other = OtherSystem()
    for _n in range(2):
        other.change("M")
    other.change("BAD", unit="NONE")
    for number in range(3):
        other.book(f"m{number}", "JO", number)

    def row(direction, seq, version="", status="DONE", error=""):
        return {"direction": direction, "seq": seq, "version": version, "status": status, "last_error": error,
                "result": {"status": "changed"} if direction == "IN" else {}}

    came = [row("IN", 1, "1"), row("IN", 2, "2"), row("IN", 3, "3", "DEAD", "unit")]
    good = {"messages": [*[row("OUT", n) for n in (1, 2, 3)], *came], "names": [["M", "v1"], ["M", "v2"]]}
    assert verdict(good, other, 3) == {}
    assert verdict(good, other, 4).keys() == {"lost out"}
    assert verdict({**good, "names": [["M", "v2"], ["M", "v1"]]}, other, 3).keys() == {
        "applied out of order", "not the newest"}
    assert verdict({**good, "names": [*good["names"], ["M", "v2"]]}, other, 3).keys() == {
        "applied out of order", "applied more or less than once"}
    assert verdict({**good, "messages": good["messages"][:-1]}, other, 3).keys() == {"lost in"}
    came[2]["last_error"] = ""
    came[1]["seq"] = 5
    assert verdict(good, other, 3).keys() == {"gaps", "bad, yet not parked with a reason"}
