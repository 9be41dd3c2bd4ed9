// A control chart that lives: it takes new points, zooms and pans by mouse, touch and keys, tells what is under the pointer, and goes out as a file.
import * as control from "./chart_control.js";
import { palette } from "./chart_look.js";
import { level } from "./chart_thin.js";
import { nearest, rows, spoken, tip } from "./chart_told.js";
import * as varying from "./chart_varying.js";

const MOST_POINTS = 12_000;

export class Process {
  constructor(area, echarts, draw, load) {
    Object.assign(this, { area, echarts, draw, load, kind: "control", cursor: null, waiting: 0, seen: { start: 0, end: 100 }, drawn: null });
    area.tabIndex = 0;
    area.addEventListener("keydown", (event) => this.key(event));
    area.addEventListener("pointermove", () => { this.cursor = null; });
    area.addEventListener("dblclick", () => this.annotate());
    const figure = area.closest("figure");
    figure.addEventListener("click", (event) => this.act(event));
    this.said = figure.querySelector("[data-chart-said]");
  }

  take(data) {
    this.data = data;
    this.follows = data.to - (data.at.at(-1) ?? data.to);
  }

  isEmpty() {
    return !this.data.at.length;
  }

  rows() {
    return rows(this.data);
  }

  zoom() {
    return this.seen;
  }

  // What is to be seen of the stretch, as milliseconds.
  shown() {
    const { start, end } = this.zoom();
    const span = this.data.to - this.data.from;
    return [this.data.from + (span * start) / 100, this.data.from + (span * end) / 100];
  }

  // Colours are asked for once, until the theme or the size changes.
  options(zoom = this.zoom()) {
    this.look ??= palette();
    this.level = level(zoom);
    const { clientHeight: height, clientWidth: width } = this.area;
    this.drawn = { at: this.data.at.at(-1), pixel: ((this.data.to - this.data.from) * (zoom.end - zoom.start)) / 100 / width };
    const { options } = this.data.lines ? varying : control;
    return options(this.data, this.look, { hasZones: "zones" in this.area.dataset, height, width, zoom, columns: width * 2 ** this.level, tip: (found) => this.tip(found) });
  }

  // What is seen closer is drawn finer.
  opened() {
    this.board.on("datazoom", (event) => {
      const { start, end } = event.batch?.[0] ?? event;
      if (start === undefined) return;
      this.seen = { start, end };
      if (level(this.seen) !== this.level) this.soon();
    });
  }

  soon() {
    this.waiting ||= requestAnimationFrame(() => { this.waiting = 0; this.draw(true); });
  }

  // Of a picture that stands already only what moves: points, the ends of the axes and of the lines.
  moved() {
    const { dataset, xAxis, yAxis, series } = this.options();
    const ends = ({ min, max }) => ({ min, max });
    const moving = ({ data, markArea, endLabel, markLine }) => Object.fromEntries(Object.entries({ data, markArea, endLabel, markLine }).filter(([, value]) => value !== undefined));
    return { dataset, xAxis: xAxis.map(ends), yAxis: yAxis.map(ends), series: series.map(moving) };
  }

  // Points that do not move the picture by a pixel wait for those that do; a broken rule and a value off the picture never wait.
  isSeen(fresh) {
    if (!this.drawn || this.data.at.at(-1) - this.drawn.at >= this.drawn.pixel) return true;
    const [low, high] = this.board ? this.board.getModel().getComponent("yAxis", 0).axis.scale.getExtent() : [0, 0];
    return fresh.some((point) => point.hits?.length || point.value < low || point.value > high);
  }

  tip(found) {
    const at = found[0]?.axisValue;
    if (at === undefined) return "";
    const [from, to] = this.shown();
    this.under = this.cursor ?? nearest(this.data.at, at);
    return tip(this.data, this.look, this.under, to - from);
  }

  // New points are kept at once and drawn with the next picture, however many come.
  append(points) {
    const { data } = this;
    const last = data.at.at(-1) ?? 0;
    const fresh = points.filter((point) => point.at > last);
    if (!fresh.length) return;
    for (const point of fresh) {
      for (const [rule, from] of point.hits ?? []) data.hits.push([data.at.length, rule, from, null]);
      const step = data.size === 1 && point.value !== null && data.value.at(-1) !== null ? Math.abs(point.value - data.value.at(-1)) : null;
      data.at.push(point.at);
      data.value.push(point.value);
      data.range.push(point.range === undefined ? step : point.range);
      for (const [name, column] of Object.entries(data.lines ?? {})) column.push(point.lines?.[name] ?? null);
    }
    this.forget(Math.max(0, data.at.length - MOST_POINTS));
    const moved = data.at.at(-1) - last;
    if (last) [data.from, data.to] = [data.from + moved, data.to + moved];
    if (this.isSeen(fresh)) this.soon();
  }

  forget(count) {
    if (!count) return;
    const { data } = this;
    for (const column of [data.at, data.value, data.range, ...Object.values(data.lines ?? {})]) column.splice(0, count);
    data.hits = data.hits.map(([index, ...rest]) => [index - count, ...rest]).filter(([index]) => index >= 0);
    data.ghosts = data.ghosts.map((index) => index - count).filter((index) => index >= 0);
  }

  hear(message, { hasGap }) {
    const points = message.data?.points;
    if (!points || hasGap || !this.data) this.load();
    else this.append(points);
  }

  scale(factor, centre = 0.5) {
    const { start, end } = this.zoom();
    const width = Math.min(100, Math.max(0.2, (end - start) * factor));
    const from = Math.min(100 - width, Math.max(0, start + (end - start - width) * centre));
    this.view(from, from + width);
  }

  pan(share) {
    const { start, end } = this.zoom();
    const by = Math.min(100 - end, Math.max(-start, (end - start) * share));
    this.view(start + by, end + by);
  }

  view(start, end) {
    this.board?.dispatchAction({ type: "dataZoom", batch: [0, 1].map((dataZoomIndex) => ({ dataZoomIndex, start, end })) });
  }

  move(to) {
    const last = this.data.at.length - 1;
    this.cursor = Math.min(last, Math.max(0, to));
    const at = this.data.at[this.cursor];
    const [from, until] = this.shown();
    if (at < from || at > until) this.pan(at < from ? (at - from) / (until - from) - 0.1 : (at - until) / (until - from) + 0.1);
    const [x, y] = this.board.convertToPixel({ gridIndex: 0 }, [at, this.data.value[this.cursor] ?? this.data.limits[0]?.center ?? 0]);
    this.board.dispatchAction({ type: "showTip", x, y });
    if (this.said) this.said.textContent = spoken(this.data, this.cursor);
  }

  nextHit(sign) {
    const here = this.cursor ?? (sign > 0 ? -1 : this.data.at.length);
    const found = [...new Set(this.data.hits.map(([index]) => index))].filter((index) => (index - here) * sign > 0);
    if (found.length) this.move(sign > 0 ? Math.min(...found) : Math.max(...found));
  }

  key(event) {
    if (!this.board || event.altKey || event.metaKey) return;
    const here = this.cursor ?? this.under ?? this.data.at.length - 1;
    const by = event.ctrlKey ? 10 : 1;
    const acts = {
      ArrowLeft: () => (event.shiftKey ? this.pan(-0.2) : this.move(here - by)), ArrowRight: () => (event.shiftKey ? this.pan(0.2) : this.move(here + by)),
      Home: () => this.move(0), End: () => this.move(this.data.at.length - 1), PageUp: () => this.nextHit(-1), PageDown: () => this.nextHit(1),
      "+": () => this.scale(0.5), "=": () => this.scale(0.5), "-": () => this.scale(2), 0: () => this.view(0, 100), Enter: () => this.annotate(here),
    };
    if (!acts[event.key] || (event.ctrlKey && !event.key.startsWith("Arrow"))) return;
    event.preventDefault();
    acts[event.key]();
  }

  act(event) {
    const asked = event.target.closest("[data-chart-act]")?.dataset.chartAct;
    if (!asked || !this.board) return undefined;
    if (asked === "in" || asked === "out") return this.scale(asked === "in" ? 0.5 : 2);
    if (asked === "whole") return this.view(0, 100);
    if (asked === "annotate") return this.annotate();
    if (asked === "png") return keep(this.board.getDataURL({ pixelRatio: 2, backgroundColor: this.look.surface }), `${this.name()}.png`);
    if (asked === "svg") return keep(`data:image/svg+xml;charset=utf-8,${encodeURIComponent(this.svg())}`, `${this.name()}.svg`);
    return this.file(event.target.closest("a"));
  }

  name() {
    return `${this.area.dataset.name || this.data.title} ${new Date(this.shown()[0]).toISOString().slice(0, 16).replace(/[T:]/g, " ")}`;
  }

  svg() {
    const { clientWidth: width, clientHeight: height } = this.area;
    const board = this.echarts.init(null, null, { renderer: "svg", ssr: true, width, height });
    board.setOption({ ...this.options(), animation: false, backgroundColor: this.look.surface });
    const text = board.renderToSVGString();
    board.dispose();
    return text;
  }

  // The file holds what is to be seen now: the address is changed before the browser follows it.
  file(link) {
    const [from, to] = this.shown().map((at) => new Date(at).toISOString());
    const url = new URL(link.href);
    url.search = new URLSearchParams({ from, to });
    link.href = url;
  }

  annotate(index = this.cursor ?? this.under ?? this.data.at.length - 1) {
    const dialog = document.getElementById("annotate");
    const field = dialog?.querySelector("[name=moment]");
    if (!field) return;
    field.value = new Date(this.data.at[index]).toISOString();
    dialog.querySelector("[data-annotate-moment]").textContent = spoken(this.data, index);
    dialog.showModal();
  }
}

function keep(href, name) {
  const link = document.createElement("a");
  Object.assign(link, { href, download: name });
  link.click();
}
