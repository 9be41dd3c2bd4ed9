"""How fast a control chart redraws in Chromium while somebody zooms through 10,000 points, and while it is live."""

import argparse
import json
import math
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Route, sync_playwright

from benchmarks.browser import ARGUMENTS
from benchmarks.loop import machine
from benchmarks.plant import Plant, Unreachable, find
from ops import browser as finding

POINTS, BEGAN, PICTURES = 10_000, 1_760_000_000_000, 240
MOST_MS = 1000 / 60
# `ms` is what one picture takes by the clock: zoomed, with a reading more (drawn only where that moves a pixel), and
# drawn anew with each reading whatever it moves.
RUN = """
([pictures, change]) => new Promise((done) => {
  const chart = document.querySelector('[data-chart="control"]').zzChart;
  const ms = []; let n = 0;
  const step = () => {
    const begun = performance.now();
    if (change === "zoom") {
      const wave = (1 + Math.sin(n / 20)) / 2;
      chart.view(wave * 40, 45 + wave * 55);
    } else {
      const { data } = chart;
      chart.append([{ at: data.at.at(-1) + 250, value: 240 + Math.sin(n), range: 1, hits: [] }]);
      if (change === "redraw" || chart.waiting) {
        cancelAnimationFrame(chart.waiting);
        chart.waiting = 0;
        chart.draw(true);
      }
    }
    chart.board.getZr().flush();
    ms.push(performance.now() - begun);
    n += 1;
    if (n < pictures) requestAnimationFrame(step); else done(ms);
  };
  requestAnimationFrame(step);
})
"""


def data() -> dict[str, Any]:
    """Ten thousand readings, four a second, with a drift that breaks a rule."""
    at = [BEGAN + 250 * n for n in range(POINTS)]
    values = [240 + math.sin(n * 2.1) + math.cos(n * 5.3) + (3 if n % 2000 > 1950 else 0) for n in range(POINTS)]
    limits = {
        "version": 1, "from": at[0], "center": 240, "ucl": 243, "lcl": 237, "sigma": 1, "range_center": 1.1,
        "range_ucl": 3.7, "provisional": False,
    }
    hits = [[n, "beyond-3s", at[n - 4], 1] for n in range(POINTS) if values[n] > 243]
    steps = [None, *(abs(b - a) for a, b in pairwise(values))]
    return {
        "title": "", "unit": "°C", "names": ["", ""], "from": at[0], "to": at[-1], "size": 1, "at": at, "value": values,
        "range": steps, "limits": [limits], "rules": {"beyond-3s": ["", ""]}, "hits": hits, "ghosts": [], "marks": [],
    }


def opened(page: Page, plant: Plant) -> None:
    """A chart's page, whose numbers are the ten thousand."""
    login = next(login for login in plant.facts["logins"] if login["number"] == "engineer")
    page.goto("/login/")
    page.fill("[name=username]", login["number"])
    page.fill("[name=password]", login["password"])
    page.locator("form button[type=submit][data-kind=primary]").click()
    body = json.dumps(data())

    def answer(route: Route) -> None:
        route.fulfill(body=body, content_type="application/json")

    page.route("**/data.json*", answer)
    page.goto("/spc/charts/")
    first = page.locator("tbody a").first.get_attribute("href") or ""
    page.goto(f"{first}?from=2025-10-01T00:00:00Z&to=2025-10-12T00:00:00Z")
    page.locator("[data-chart=control] canvas").first.wait_for()


def timed(page: Page, change: str) -> dict[str, float]:
    """Milliseconds of one redraw by the clock."""
    work = sorted(page.evaluate(RUN, [PICTURES, change]))
    return {
        "best_ms": round(work[0], 2), "median_ms": round(work[len(work) // 2], 2),
        "p95_ms": round(work[int(len(work) * 0.95)], 2),
    }


def main() -> int:
    """Print one JSON object; 0 when a redraw fits into a sixtieth of a second."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--demo", type=Path, default=Path("var/demo.json"), help="demo.json of a running demonstration")
    parser.add_argument("--url", default="", help="another address of the same plant")
    asked = parser.parse_args()
    try:
        plant = find(asked.demo)
    except Unreachable as error:
        print(error, file=sys.stderr)
        return 2
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=finding.chromium(), args=ARGUMENTS)
        page = chromium.new_page(base_url=asked.url or plant.url, viewport={"width": 1440, "height": 900})
        opened(page, plant)
        answer = {
            "machine": machine(), "points": POINTS,
            **{change: timed(page, change) for change in ("zoom", "live", "redraw")},
        }
        chromium.close()
    print(json.dumps(answer, indent=2))
    return 0 if all(answer[one]["median_ms"] <= MOST_MS for one in ("zoom", "live", "redraw")) else 1


if __name__ == "__main__":
    sys.exit(main())
