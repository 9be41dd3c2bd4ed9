// Draws a chart where the page has one, keeps it up to date from its topic, and writes the table of its numbers.
import * as control from "./chart_control.js";
import { palette } from "./chart_look.js";
import * as plain from "./chart_plain.js";
import { subscribe } from "./live.js";
import { word } from "./words.js";

const MOST_POINTS = 2000;
const library = import("./echarts.js");
const drawn = new Set();

class Chart {
  constructor(area, echarts) {
    this.area = area;
    this.kind = area.dataset.chart;
    this.echarts = echarts;
    this.data = null;
    this.isDrawn = false;
  }

  async load() {
    try {
      this.data = await this.fetch();
    } catch {
      return this.note(word("chart_failed"));
    }
    this.data.points ??= [];
    this.data.points.forEach((point) => { point.value = point.value === null ? null : Number(point.value); });
    for (const limit of this.data.limits ?? []) for (const key of ["center", "ucl", "lcl", "sigma"]) if (limit[key] !== null && limit[key] !== undefined) limit[key] = Number(limit[key]);
    return this.draw();
  }

  async fetch() {
    const { json, src } = this.area.dataset;
    if (json) return JSON.parse(document.getElementById(json).textContent);
    const answer = await fetch(src, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  }

  note(text) {
    this.board?.dispose();
    this.board = null;
    const line = document.createElement("p");
    line.className = "chart-note";
    line.textContent = text;
    this.area.replaceChildren(line);
  }

  isEmpty() {
    const { points, series, bars } = this.data;
    return !points.length && !bars?.length && !series?.some((one) => one.points.length);
  }

  draw() {
    if (!this.data) return;
    if (this.isEmpty()) return this.kind === "spark" ? undefined : this.note(word("no_points"));
    if (!this.board) {
      this.area.replaceChildren();
      this.board = this.echarts.init(this.area);
    }
    // Only the first drawing moves: a chart that starts anew with each value hides its latest points.
    const still = this.isDrawn ? { animation: false } : {};
    this.board.setOption({ ...this.options(), ...still }, { replaceMerge: ["series"] });
    this.isDrawn = true;
    this.fill();
  }

  options() {
    const look = palette();
    if (this.kind === "control") return control.options(this.data, look, { hasZones: "zones" in this.area.dataset });
    return plain[this.kind](this.data, look);
  }

  fill() {
    const place = this.area.parentElement.querySelector("[data-chart-table]");
    if (!place) return;
    const isOpen = place.closest("details").open;
    if (isOpen) place.replaceChildren(this.kind === "control" ? control.rows(this.data) : plain.rows(this.data));
  }

  append(points) {
    const { points: known } = this.data;
    const last = known.length ? new Date(known.at(-1).at) : new Date(0);
    const fresh = points.filter((point) => new Date(point.at) > last).map((point) => ({ ...point, value: Number(point.value) }));
    if (!fresh.length) return;
    known.push(...fresh);
    known.splice(0, Math.max(0, known.length - MOST_POINTS));
    this.draw();
  }

  hear(message, { hasGap }) {
    const points = message.data?.points;
    if (!points || hasGap || !this.data) this.load();
    else this.append(points);
  }
}

export async function wake(area) {
  if (area.zzChart) return;
  area.zzChart = true;
  const chart = new Chart(area, await library);
  drawn.add(chart);
  await chart.load();
  new ResizeObserver(() => chart.board?.resize()).observe(area);
  area.parentElement.querySelector("details")?.addEventListener("toggle", () => chart.data && chart.fill());
  if (area.dataset.topic) subscribe(area.dataset.topic, (message, state) => chart.hear(message, state));
  document.addEventListener("resync", () => area.isConnected && chart.load());
}

document.addEventListener("zz:theme", () => {
  for (const chart of drawn) {
    if (chart.area.isConnected) chart.draw();
    else drawn.delete(chart);
  }
});
