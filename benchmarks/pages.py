"""How fast every list and object page answers, on the demonstration and on ten times as much of it."""

import argparse
import json
import re
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

import requests

from benchmarks.loop import machine
from benchmarks.plant import Plant, Unreachable, find
from benchmarks.throughput import percentile
from ops.paths import ROOT

PEOPLE = ["planner", "engineer", "leader", "inspector", "warehouse", "admin"]
MOST_MS, ASKED = 150, 60
LINK = re.compile(r'href="(/[\w%./-]*)"')
NAVIGATION = re.compile(r"<nav.*?</nav>", re.DOTALL)
BODY = re.compile(r"<tbody.*?</tbody>", re.DOTALL)
CODE = re.compile(r"\d+")
NOT_PAGES = ("/static/", "/admin/", "/api/", "/logout/")
WORDS = ["L000", "NC", "temp", "回流", "zzz"]  # a number's beginning, a kind, a name in each language, nothing


@dataclass
class Asker:
    """One person's browser, as far as the server can tell."""

    plant: Plant
    number: str
    session: requests.Session = field(default_factory=requests.Session)

    def sign_in(self) -> None:
        """Number and password, as the sign-in page asks for them."""
        login = next(login for login in self.plant.facts["logins"] if login["number"] == self.number)
        self.session.get(f"{self.plant.url}/login/")
        words = {"username": login["number"], "password": login["password"]}
        token = self.session.cookies["csrftoken"]
        answer = self.session.post(f"{self.plant.url}/login/", {**words, "csrfmiddlewaretoken": token})
        if "/login/" in answer.url:
            raise Unreachable(f"{self.number} could not sign in")

    def ask(self, path: str) -> tuple[float, str]:
        """Seconds until the whole page was here, and the page."""
        began = time.perf_counter()
        answer = self.session.get(self.plant.url + path, allow_redirects=False)
        took = time.perf_counter() - began
        if answer.status_code >= 500:
            raise Unreachable(f"{path} answered {answer.status_code}")
        return took, answer.text if answer.status_code == 200 else ""

    def pages(self) -> Iterator[str]:
        """The home page, what the navigation offers, the first thing of each list, and some searches."""
        yield "/"
        menu = NAVIGATION.search(self.ask("/")[1])
        for path in dict.fromkeys(LINK.findall(menu[0]) if menu else []):
            if path == "/" or path.startswith(NOT_PAGES):
                continue
            yield path
            rows = BODY.search(self.ask(path)[1])
            yield from [one for one in LINK.findall(rows[0]) if not one.startswith(NOT_PAGES)][:1] if rows else []
        yield from (f"/search/?q={word}" for word in WORDS)


def look(plant: Plant) -> dict[str, list[float]]:
    """Kind of page → seconds, over everybody who sees it; each was asked for once before."""
    found: dict[str, list[float]] = {}
    seen: set[str] = set()
    for number in PEOPLE:
        asker = Asker(plant, number)
        asker.sign_in()
        for path in asker.pages():
            if path in seen and path != "/":
                continue
            seen.add(path)
            asker.ask(path)
            name = f"/ ({number})" if path == "/" else path if "?" in path else CODE.sub("…", path)
            found.setdefault(name, []).extend(asker.ask(path)[0] for _ in range(ASKED))
    return found


def told(times: dict[str, list[float]]) -> dict[str, Any]:
    """Milliseconds by page, the slowest first."""
    rows = {name: {"p50_ms": percentile(one, 0.5), "p95_ms": percentile(one, 0.95)} for name, one in times.items()}
    return dict(sorted(rows.items(), key=lambda row: -(row[1]["p95_ms"] or 0)))


def measure(plant: Plant, times: int) -> dict[str, Any]:
    """Every page before and after the plant has grown; the ratio is the median of the pages' own."""
    before = look(plant)
    rows = plant.floor("grow", str(times)) if times > 1 else {}
    after = look(plant)
    ratio = median(median(after[name]) / median(before[name]) for name in before.keys() & after.keys())
    slow = [name for name, took in after.items() if (percentile(took, 0.95) or 0) > MOST_MS]
    return {"pages": len(after), "rows": rows, "ratio": round(ratio, 2), "slow": slow, "before": told(before),
            "after": told(after)}


def main() -> int:
    """Measure and print one JSON object; 1 when a page was too slow, 2 when the plant could not be measured."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pages", description=__doc__)
    parser.add_argument("--demo", type=Path, default=ROOT / "var" / "demo.json", help="demo.json of the running plant")
    parser.add_argument("--times", type=int, default=10, help="how much of the demonstration's month there shall be")
    options = parser.parse_args()
    try:
        found = measure(find(options.demo), options.times)
    except (Unreachable, FileNotFoundError) as error:
        print(f"benchmarks.pages: {error}", file=sys.stderr)
        return 2
    kept = {f"every page's p95 ≤ {MOST_MS} ms": not found["slow"]}
    print(json.dumps({"machine": machine(), **found, "kept": kept}, indent=2, ensure_ascii=False))
    return 0 if all(kept.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
