// Draws a chart where the page has one, keeps it up to date from its topic, and writes the table of its numbers.
import { palette } from "./chart_look.js";
import * as streams from "./chart_flows.js";
import * as plain from "./chart_plain.js";
import { Process } from "./chart_process.js";
import { subscribe } from "./live.js";
import { word } from "./words.js";

const library = import("./echarts.js");
const drawn = new Set();

class Plain {
  constructor(area, echarts) {
    this.area = area;
    this.kind = area.dataset.chart;
    this.echarts = echarts;
  }

  take(data) {
    this.data = data;
  }

  isEmpty() {
    const { points, value, series, bars, flows } = this.data;
    return !points?.length && !value?.length && !bars?.length && !flows?.length && !series?.some((one) => one.points.length);
  }

  options() {
    return (plain[this.kind] ?? streams[this.kind])(this.data, palette());
  }

  rows() {
    return (this.data.flows ? streams : plain).rows(this.data);
  }

  hear() {
    load(this);
  }
}

async function load(chart) {
  try {
    chart.take(await fetched(chart.area.dataset));
  } catch {
    return note(chart, word("chart_failed"));
  }
  return draw(chart);
}

async function fetched({ json, src }) {
  if (json) return JSON.parse(document.getElementById(json).textContent);
  const answer = await fetch(src, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

function note(chart, text) {
  chart.board?.dispose();
  chart.board = null;
  const line = document.createElement("p");
  line.className = "chart-note";
  line.textContent = text;
  chart.area.replaceChildren(line);
}

function draw(chart, isMoved = false) {
  if (!chart.data) return;
  if (chart.isEmpty()) return chart.kind === "spark" ? undefined : note(chart, word("no_points"));
  const isFirst = !chart.board;
  if (isFirst) {
    chart.area.replaceChildren();
    chart.board = chart.echarts.init(chart.area);
  }
  // Only the first drawing moves: a chart that starts anew with each value hides its latest points.
  if (isMoved && !isFirst) chart.board.setOption(chart.moved(), { silent: true });
  else chart.board.setOption({ ...chart.options(), ...(isFirst ? {} : { animation: false }) }, { replaceMerge: ["series"] });
  if (isFirst) chart.opened?.();
  fill(chart);
}

function fill(chart) {
  const place = chart.area.parentElement.querySelector("[data-chart-table]");
  if (place?.closest("details").open) place.replaceChildren(chart.rows());
}

function resize(chart) {
  if (!chart.board) return;
  chart.board.resize();
  chart.look = null;
  if (chart.kind === "control") draw(chart);
}

export async function wake(area) {
  if (area.zzChart) return;
  area.zzChart = true;
  const echarts = await library;
  const chart = area.dataset.chart === "control" ? new Process(area, echarts, (isMoved) => draw(chart, isMoved), () => load(chart)) : new Plain(area, echarts);
  area.zzChart = chart;
  drawn.add(chart);
  await load(chart);
  new ResizeObserver(() => resize(chart)).observe(area);
  area.parentElement.querySelector("details")?.addEventListener("toggle", () => chart.data && fill(chart));
  if (area.dataset.topic) subscribe(area.dataset.topic, (message, state) => chart.hear(message, state));
  document.addEventListener("resync", () => area.isConnected && load(chart));
}

document.addEventListener("zz:theme", () => {
  for (const chart of drawn) {
    chart.look = null;
    if (chart.area.isConnected) draw(chart);
    else drawn.delete(chart);
  }
});
