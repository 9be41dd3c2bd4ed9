"""The customer's page under load: 500 scans a second on a schedule, beside the same page drawn anew for every scan."""

import argparse
import json
import socket
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from benchmarks.loop import machine
from benchmarks.plant import Plant, Unreachable, find
from benchmarks.throughput import percentile
from ops.paths import ROOT

RATE, MOST_MS, CONNECTIONS, LOTS = 500, 50, 16, 50
CHANGED = "UPDATE traceability_publicpage SET version = version + 1 WHERE lot_id = %s"


class Reader:
    """One keep-alive connection that asks for pages, as cheaply as the measuring side can."""

    def __init__(self, plant: Plant) -> None:
        parts = urlsplit(plant.url)
        self.host = f"{parts.hostname}:{parts.port}"
        self.socket = socket.create_connection((parts.hostname or "", parts.port or 80), timeout=30)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self, path: str) -> int:
        """The status of the answer; all of it was read."""
        head = f"GET {path} HTTP/1.1\r\nHost: {self.host}\r\nAccept-Language: en\r\n\r\n"
        self.socket.sendall(head.encode())
        got = b""
        while b"\r\n\r\n" not in got:
            got += self._more()
        told, _end, body = got.partition(b"\r\n\r\n")
        length = next(int(line[15:]) for line in told.lower().split(b"\r\n") if line.startswith(b"content-length:"))
        left = length - len(body)
        while left > 0:
            left -= len(self._more())
        return int(told[9:12])

    def _more(self) -> bytes:
        got = self.socket.recv(65536)
        if not got:
            raise Unreachable("the server closed the connection")
        return got


def codes() -> list[dict[str, Any]]:
    """Inside the plant: the newest lots, with the codes of their labels."""
    import django

    django.setup()
    from traceability import codes as signing
    from traceability.models import MaterialLot

    keys = MaterialLot.objects.order_by("-pk").values_list("pk", flat=True)[:LOTS]
    return [{"lot": key, "path": f"/c/{signing.code(key)}"} for key in keys]


def together(act: Callable[[int], None]) -> None:
    """Run one act for each connection, and wait for all."""
    threads = [threading.Thread(target=act, args=[number]) for number in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def scheduled(plant: Plant, paths: list[str], seconds: float) -> dict[str, Any]:
    """Every scan has its moment; one that waits for the server counts from that moment on."""
    times: list[float] = []
    wrong: list[int] = []
    begin, total = time.perf_counter() + 0.5, int(RATE * seconds)

    def read(number: int) -> None:
        reader = Reader(plant)
        for turn in range(number, total, CONNECTIONS):
            due = begin + turn / RATE
            time.sleep(max(0.0, due - time.perf_counter()))
            status = reader.ask(paths[turn % len(paths)])
            times.append(time.perf_counter() - due)
            if status != 200:
                wrong.append(status)

    together(read)
    rate = len(times) / (time.perf_counter() - begin)
    return {"scans": len(times), "rate": round(rate, 1), "wrong": len(wrong), "p50_ms": percentile(times, 0.5),
            "p95_ms": percentile(times, 0.95), "p99_ms": percentile(times, 0.99)}


def closed(plant: Plant, pages: list[dict[str, Any]], seconds: float, *, anew: bool) -> dict[str, Any]:
    """As many scans as are answered; anew: something changes before each, so that no kept page may be used."""
    times: list[float] = []
    end = time.perf_counter() + seconds

    def read(number: int) -> None:
        reader, page = Reader(plant), pages[number % len(pages)]
        with closing(plant.connect()) as connection, connection.cursor() as cursor:
            while time.perf_counter() < end:
                if anew:
                    cursor.execute(CHANGED, [page["lot"]])
                began = time.perf_counter()
                reader.ask(page["path"])
                times.append(time.perf_counter() - began)

    together(read)
    return {"rate": round(len(times) / seconds, 1), "p50_ms": percentile(times, 0.5),
            "p95_ms": percentile(times, 0.95)}


def measure(plant: Plant, seconds: float) -> dict[str, Any]:
    """Warm every page in, then the schedule, then kept and drawn beside each other in turns."""
    pages = plant.run("benchmarks.public_page", "codes")
    paths, reader = [page["path"] for page in pages], Reader(plant)
    for path in [*paths, *paths]:
        reader.ask(path)
    asked = scheduled(plant, paths, seconds)
    rounds = [(closed(plant, pages, seconds / 4, anew=False), closed(plant, pages, seconds / 4, anew=True))
              for _round in range(2)]
    ratio = sum(kept["rate"] / drawn["rate"] for kept, drawn in rounds) / len(rounds)
    return {"scheduled": asked, "kept": rounds[-1][0], "drawn_anew": rounds[-1][1], "ratio": round(ratio, 1)}


def main() -> int:
    """Measure and print one JSON object; 1 when a promise is not kept, 2 when the plant could not be measured."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.public_page", description=__doc__)
    parser.add_argument("do", nargs="?", choices=["codes"], help="used inside the plant")
    parser.add_argument("--demo", type=Path, default=ROOT / "var" / "demo.json", help="demo.json of the running plant")
    parser.add_argument("--seconds", type=float, default=20)
    options = parser.parse_args()
    if options.do == "codes":
        print(json.dumps(codes()))
        return 0
    try:
        found = measure(find(options.demo), options.seconds)
    except (Unreachable, OSError) as error:
        print(f"benchmarks.public_page: {error}", file=sys.stderr)
        return 2
    asked = found["scheduled"]
    kept = {
        f"{RATE} scans a second": asked["rate"] >= 0.98 * RATE and asked["wrong"] == 0,
        f"p95 ≤ {MOST_MS} ms": (asked["p95_ms"] or MOST_MS + 1) <= MOST_MS,
    }
    print(json.dumps({"machine": machine(), **found, "kept_promises": kept}, indent=2))
    return 0 if all(kept.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
