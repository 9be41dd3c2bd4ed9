// A chart of one panel whose lines may differ from point to point: EWMA, CUSUM and counts in samples of any size.
import { clock, coloured, lane, spread, windowsOf } from "./chart_control.js";
import { bottomAxis, frame, valueAxis } from "./chart_look.js";
import { sources } from "./chart_thin.js";
import { number, word } from "./words.js";

const FEW = 200;
const LANE = 1;
const COLUMNS = ["upper", "center", "lower", "raw", "low"];
const STEPPED = ["P", "NP", "U", "LANEY_P", "LANEY_U"];

// Of a CUSUM the upper arm is drawn as the line; the lower one is a line of its own.
const drawn = (data) => (data.kind === "CUSUM" ? { ...data, value: data.lines.high ?? data.value } : data);

function limitLine(data, name, label, style, look) {
  const last = data.lines[name]?.findLast((value) => value !== null);
  return {
    name: word({ upper: "ucl", center: "center", lower: "lcl" }[name]), type: "line", symbol: "none", silent: true, animation: false, z: 2, encode: { x: "at", y: name },
    step: STEPPED.includes(data.kind) ? "middle" : false, lineStyle: { width: 1.5 * look.scale, ...style }, itemStyle: { color: style.color }, tooltip: { show: false }, emphasis: { disabled: true },
    endLabel: { show: last !== undefined, formatter: `${label} ${number(last, 4)}`, color: style.color, distance: 6, fontWeight: 600, fontSize: look.size },
  };
}

function limits(data, look) {
  const held = { color: look.held, type: [6, 4] };
  return [limitLine(data, "upper", "UCL", held, look), limitLine(data, "center", "CL", { color: look.done }, look), limitLine(data, "lower", "LCL", held, look)];
}

function points(data, look, plotted) {
  const isFew = data.at.length <= FEW;
  const line = { type: "line", animation: false, connectNulls: false, emphasis: { disabled: true }, symbol: "circle", showSymbol: isFew, showAllSymbol: true, symbolSize: 5 * look.scale };
  const windows = windowsOf(data);
  const areas = windows.map(([from, to]) => [{ xAxis: from }, { xAxis: to }]);
  const at = (indices) => indices.map((index) => [data.at[index], plotted[index] ?? data.lines.raw?.[index]]);
  const first = { color: look.series[0], width: 1.75 * look.scale };
  return [
    ...(data.kind === "EWMA" ? [{ type: "line", animation: false, silent: true, z: 3, encode: { x: "at", y: "raw" }, symbol: "circle", showSymbol: true, showAllSymbol: true, symbolSize: 3 * look.scale, lineStyle: { width: 0 }, itemStyle: { color: look.ink3, opacity: 0.55 }, tooltip: { show: false }, emphasis: { disabled: true } }] : []),
    ...(data.kind === "CUSUM" ? [{ ...line, name: word("lower_sum"), z: 5, encode: { x: "at", y: "low" }, lineStyle: { ...first, color: look.series[1] }, itemStyle: { color: look.series[1] } }] : []),
    { ...line, name: data.names[0], z: 6, encode: { x: "at", y: "value" }, lineStyle: first, itemStyle: { color: look.series[0] }, markArea: { silent: true, animation: false, itemStyle: { color: look.failed, opacity: 0.1 }, data: areas } },
    { ...line, showSymbol: false, z: 7, silent: true, data: coloured(data, windows), lineStyle: { color: look.failed, width: 2.5 * look.scale } },
    { type: "scatter", z: 8, silent: true, animation: false, symbol: "diamond", symbolSize: 12 * look.scale, data: at([...new Set(data.hits.map(([index]) => index))]), itemStyle: { color: look.failed, borderColor: look.surface, borderWidth: 1.5 } },
    { type: "scatter", z: 9, silent: true, animation: false, symbol: "circle", symbolSize: 9 * look.scale, data: at(data.ghosts), itemStyle: { color: look.surface, borderColor: look.ink3, borderWidth: 2 } },
  ];
}

export function options(data, look, { height, width, zoom, tip, columns }) {
  const base = frame(look);
  const hasLabels = width > 520;
  const ends = { type: "time", min: data.from, max: data.to };
  const side = { left: look.size * 4.6, right: hasLabels ? look.size * 7.4 : 16 };
  const foot = look.size * 2.2;
  const names = COLUMNS.filter((name) => data.lines[name]);
  const shown = data.kind === "EWMA" ? ["raw", "upper", "lower"] : data.kind === "CUSUM" ? ["low", "upper", "lower"] : ["upper", "lower"];
  const own = drawn(data);
  const [values] = sources(own, columns, names);
  const label = { showMinLabel: false, showMaxLabel: false, formatter: (value) => number(value, 5) };
  const roam = { type: "inside", zoomOnMouseWheel: "ctrl", moveOnMouseWheel: false, throttle: 16, ...zoom };
  const hidden = { show: false, axisPointer: { show: false, triggerTooltip: false } };
  // The lane's series name the fourth axis of a chart of two panels: here it is the second.
  const marks = lane(data, look).map((one) => ({ ...one, xAxisIndex: one.type === "scatter" ? LANE : 0, yAxisIndex: one.type === "scatter" ? 1 : 0 }));
  return {
    ...base,
    grid: [{ ...side, top: 14, bottom: foot + 26 }, { ...side, height: 18, bottom: foot }],
    dataset: [values],
    axisPointer: { lineStyle: { color: look.ink3, type: "dashed" } },
    tooltip: { ...base.tooltip, formatter: tip },
    xAxis: [
      bottomAxis(look, { ...ends, gridIndex: 0, axisLabel: { formatter: clock(data), hideOverlap: true, margin: 26 }, axisPointer: { show: true, snap: true, label: { show: false } } }),
      { ...ends, gridIndex: 1, ...hidden },
    ],
    yAxis: [
      valueAxis(look, { ...spread(own.value, shown.flatMap((name) => data.lines[name] ?? [])), axisLabel: label, gridIndex: 0 }),
      { type: "value", show: false, min: -1, max: 1, gridIndex: 1 },
    ],
    dataZoom: [{ ...roam, xAxisIndex: [0], filterMode: "filter" }, { ...roam, xAxisIndex: [LANE], filterMode: "none" }],
    series: [...(names.includes("upper") ? limits(data, look) : []), ...points(own, look, data.value), ...marks].map((one) => (hasLabels || !one.endLabel ? one : { ...one, endLabel: { show: false } })),
  };
}
