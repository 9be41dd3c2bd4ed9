"""What an ERP asks of the plant, from outside: `python -m benchmarks.erp [--demo var/demo.json] [--orders N]`.

Run it on a demonstration plant: it leaves production orders and lots behind. It sends orders with their operations in
batches of 500 over two connections, sends them all again, posts one idempotency key from many connections at once, and
reads the change feed to its end while eight connections write. Prints JSON; exits 1 when a promise is not kept.
"""

import argparse
import json
import sys
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from benchmarks.loop import machine
from benchmarks.plant import Plant, find

ORDERS, AT_ONCE, CONNECTIONS = 100_000, 500, 2
POSTS, POSTERS = 1_000, 50
ENTRIES, WRITERS, PAGE = 1_000_000, 8, 200
MOST_SECONDS = 180.0
MATERIAL = "CB-200"


def batches(run: str, count: int) -> list[dict[str, Any]]:
    """Production orders, as an ERP sends them."""
    due = "2026-12-31T08:00:00+08:00"
    rows = [
        {"external_id": f"{run}-{n}", "version": 1, "data": {
            "number": f"{run}-{n}", "material": MATERIAL, "quantity": str(10 + n % 90), "due_at": due,
        }}
        for n in range(count)
    ]  # fmt: skip
    return [{"source": run, "rows": rows[start : start + AT_ONCE]} for start in range(0, count, AT_ONCE)]


def send(plant: Plant, todo: list[dict[str, Any]]) -> dict[str, Any]:
    """All batches over some connections; how long it took, and what became of the rows."""
    began, told = time.monotonic(), dict.fromkeys(("created", "changed", "unchanged", "older", "refused"), 0)
    guard, waiting = threading.Lock(), list(reversed(todo))

    def serve() -> None:
        wire = plant.wire()
        while True:
            with guard:
                if not waiting:
                    return
                batch = waiting.pop()
            status, answer = wire.post("/api/v1/work-requests/batch/", batch)
            if status != 200:
                raise RuntimeError(f"{status} {answer}")
            with guard:
                for name in told:
                    told[name] += answer[name]

    with ThreadPoolExecutor(CONNECTIONS) as pool:
        for done in [pool.submit(serve) for _connection in range(CONNECTIONS)]:
            done.result()
    return {**told, "seconds": round(time.monotonic() - began, 1)}


def standing(plant: Plant, run: str) -> list[int]:
    """Orders of a run, their work orders, and the operations of these."""
    return [int(number) for number in plant.ask(
        "SELECT count(DISTINCT r.id), count(DISTINCT j.id), count(s.id) FROM mes_workrequest r "
        "LEFT JOIN mes_joborder j ON j.work_request_id = r.id "
        "LEFT JOIN mes_segment s ON s.work_master_id = j.work_master_id WHERE r.number LIKE %s", f"{run}-%",
    )[0]]  # fmt: skip


def one_key(plant: Plant, count: int) -> dict[str, Any]:
    """One receipt, posted many times at once under one key: one lot, one answer."""
    key, material = str(uuid.uuid4()), plant.ask("SELECT code FROM plant_materialdefinition WHERE active LIMIT 1")[0][0]
    [[before]] = plant.ask("SELECT count(*) FROM traceability_materiallot")
    numbers: set[str] = set()

    def serve(_number: int) -> None:
        wire = plant.wire({"Idempotency-Key": key})
        for _post in range(count // POSTERS):
            status, answer = wire.post("/api/v1/material-lots/", {"material": material, "quantity": "7"})
            numbers.add(answer["number"] if status == 201 else f"HTTP {status}")
        wire.close()

    began = time.monotonic()
    with ThreadPoolExecutor(POSTERS) as pool:
        list(pool.map(serve, range(POSTERS)))
    [[after]] = plant.ask("SELECT count(*) FROM traceability_materiallot")
    seconds = round(time.monotonic() - began, 1)
    return {"posts": count, "effects": after - before, "answers": len(numbers), "seconds": seconds}


def feed(plant: Plant, run: str, most: int) -> dict[str, Any]:
    """The journal by cursor from its beginning while eight write; every entry seen once, none missed."""
    [[last]] = plant.ask("SELECT coalesce(max(id), 0) FROM plant_journalentry")
    newest = "SELECT id FROM plant_journalentry ORDER BY id DESC LIMIT %s"
    [[first]] = plant.ask(f"SELECT coalesce(min(id), 0) FROM ({newest}) AS newest", most)
    over, written = threading.Event(), [0] * WRITERS

    def write(place: int) -> None:
        wire = plant.wire()
        while not over.is_set():
            code = f"{run}-{place}-{written[place]}"
            wire.put(f"/api/v1/partners/{code}/", {"name": code, "kind": "CUSTOMER"})
            written[place] += 1

    writers = [threading.Thread(target=write, args=[place]) for place in range(WRITERS)]
    [[txid]] = plant.ask("SELECT txid FROM plant_journalentry WHERE id = %s", first)
    seen, cursor, wire, began = set[int](), f"{txid - 1}.0", plant.wire(), time.monotonic()
    for writer in writers:
        writer.start()
    is_late = False
    while True:
        _status, page = wire.get(f"/api/v1/journal/?limit={PAGE}&after={cursor}")
        seen |= {row["id"] for row in page["results"]}
        if not page["results"] and is_late:
            break
        is_late = over.is_set()
        cursor = page["next"]
        if len(page["results"]) < PAGE and not over.is_set():
            over.set()
            for writer in writers:
                writer.join()
    every = {pk for (pk,) in plant.ask("SELECT id FROM plant_journalentry WHERE (txid, id) > (%s, 0)", txid - 1)}
    seconds = time.monotonic() - began
    return {
        "entries": len(seen), "missed": len(every - seen), "written_meanwhile": len([pk for pk in every if pk > last]),
        "seconds": round(seconds, 1), "a_second": round(len(seen) / seconds),
    }


def main() -> int:
    """Send, send again, one key, follow."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--demo", type=Path, default=Path("var/demo.json"))
    parser.add_argument("--orders", type=int, default=ORDERS)
    parser.add_argument("--posts", type=int, default=POSTS)
    parser.add_argument("--entries", type=int, default=ENTRIES, help="the newest so many of the record book are read")
    given = parser.parse_args()
    plant, run = find(given.demo), f"ERP{int(time.time())}"
    todo = batches(run, given.orders)
    first = send(plant, todo)
    stands = standing(plant, run)
    again = send(plant, todo)
    told = {
        "orders": given.orders, "first": first, "again": again, "stands": stands,
        "orders_a_second": round(given.orders / first["seconds"]), "one_key": one_key(plant, given.posts),
        "feed": feed(plant, run, given.entries), "machine": machine(),
    }
    print(json.dumps(told, indent=2, default=str))
    is_kept = (
        first["created"] == again["unchanged"] == given.orders and standing(plant, run) == stands
        and told["one_key"]["effects"] == told["one_key"]["answers"] == 1 and told["feed"]["missed"] == 0
        and first["seconds"] <= MOST_SECONDS * given.orders / ORDERS
    )
    return 0 if is_kept else 1


if __name__ == "__main__":
    sys.exit(main())
