// How a control chart looks: values above, ranges below, one axis of time; limits as steps; hits coloured over their window.
import { bottomAxis, frame, valueAxis } from "./chart_look.js";
import { sources } from "./chart_thin.js";
import { dayTime, number, short, word } from "./words.js";

const FEW = 200; // up to so many points each wears a circle
const DAY = 86_400_000;
// Axes of time: values and ranges, thinned to what is seen; the lane of marks, and lines of two corners, which must not be.
const [LANE, LINES] = [2, [3, 4]];

// The limits of a version hold until the next one begins: two corners a version.
function steps(data, pick, until) {
  const found = [];
  for (const [index, limit] of data.limits.entries()) {
    const value = pick(limit);
    const from = Math.max(limit.from, data.from);
    if (value === null || value === undefined) continue;
    found.push([from, value], [data.limits[index + 1]?.from ?? until, value]);
  }
  return found;
}

function line(data, pick, { name = "", label = "", color, dash, width = 1.5, axis = 0, opacity = 1 }, look) {
  return {
    name, type: "line", data: steps(data, pick, data.to), symbol: "none", silent: true, z: 1, animation: false,
    xAxisIndex: LINES[axis], yAxisIndex: axis, tooltip: { show: false }, emphasis: { disabled: true },
    lineStyle: { color, opacity, type: dash ?? "solid", width: width * look.scale }, itemStyle: { color },
    endLabel: { show: Boolean(label), color, formatter: ({ value }) => `${label} ${number(value[1], 5)}`, distance: 6, fontWeight: 600, fontSize: look.size },
  };
}

function limitLines(data, look, hasZones) {
  const held = { color: look.held, dash: [6, 4] };
  const zone = { color: look.ink3, width: 1, dash: [2, 4], opacity: 0.7 };
  const zones = [1, -1, 2, -2].map((n) => line(data, (l) => (l.sigma ? l.center + n * l.sigma : null), { ...zone, label: `${n > 0 ? "+" : "−"}${Math.abs(n)}σ` }, look));
  return [
    ...(hasZones ? zones.map((one) => ({ ...one, endLabel: { ...one.endLabel, formatter: one.endLabel.formatter({ value: [0, 0] }).split(" ")[0], fontWeight: 400 } })) : []),
    line(data, (l) => l.ucl, { ...held, label: "UCL", name: word("ucl") }, look),
    line(data, (l) => l.center, { color: look.done, label: "CL", name: word("center") }, look),
    line(data, (l) => l.lcl, { ...held, label: "LCL", name: word("lcl") }, look),
  ];
}

function rangeLines(data, look) {
  return [
    line(data, (l) => l.range_ucl, { color: look.held, dash: [6, 4], label: "UCL", axis: 1 }, look),
    line(data, (l) => l.range_center, { color: look.done, label: "CL", axis: 1 }, look),
  ];
}

// Stretches of time in which some rule's pattern lies, overlapping ones as one.
export function windowsOf(data) {
  const found = [];
  for (const [index, , from] of data.hits) {
    const last = found.at(-1);
    const begin = Math.min(from, data.at[index]);
    if (last && begin <= last[1]) [last[0], last[1]] = [Math.min(last[0], begin), Math.max(last[1], data.at[index])];
    else found.push([begin, data.at[index]]);
  }
  return found;
}

// The values that lie in such a stretch; between two stretches the pen is up.
export function coloured(data, windows) {
  const found = [];
  let next = 0;
  for (let index = 0; index < data.at.length && next < windows.length; index += 1) {
    const at = data.at[index];
    if (windows[next][1] < at) {
      found.push([at, NaN]);
      while (next < windows.length && windows[next][1] < at) next += 1;
    }
    if (next < windows.length && windows[next][0] <= at) found.push([at, data.value[index] ?? NaN]);
  }
  return found;
}

export function spread(values, limits, low = Infinity) {
  let [min, max] = [low, -Infinity];
  for (const column of [values, limits]) {
    for (const value of column) {
      if (value === null || !Number.isFinite(value)) continue;
      if (value < min) min = value;
      if (value > max) max = value;
    }
  }
  const room = (max - min || Math.abs(max) || 1) * 0.08;
  return { min: low === 0 ? 0 : min - room, max: max + room };
}

function points(data, look) {
  const isFew = data.at.length <= FEW;
  const value = { type: "line", animation: false, connectNulls: false, emphasis: { disabled: true }, symbol: "circle", showSymbol: isFew, showAllSymbol: true, symbolSize: 5 * look.scale };
  const flagged = [...new Set(data.hits.map(([index]) => index))].map((index) => [data.at[index], data.value[index]]);
  const ghosts = data.ghosts.map((index) => [data.at[index], data.value[index]]);
  const wide = { color: look.series[0], width: 1.5 * look.scale };
  const windows = windowsOf(data);
  const areas = windows.map(([from, to]) => [{ xAxis: from }, { xAxis: to }]);
  return [
    { ...value, name: word("value"), z: 5, encode: { x: "at", y: "value" }, lineStyle: wide, itemStyle: { color: look.series[0] }, markArea: { silent: true, animation: false, itemStyle: { color: look.failed, opacity: 0.1 }, data: areas } },
    { ...value, showSymbol: false, z: 6, silent: true, data: coloured(data, windows), lineStyle: { color: look.failed, width: 2.5 * look.scale } },
    { type: "scatter", z: 7, silent: true, animation: false, symbol: "diamond", symbolSize: 12 * look.scale, data: flagged, itemStyle: { color: look.failed, borderColor: look.surface, borderWidth: 1.5 } },
    { type: "scatter", z: 8, silent: true, animation: false, symbol: "circle", symbolSize: 9 * look.scale, data: ghosts, itemStyle: { color: look.surface, borderColor: look.ink3, borderWidth: 2 } },
    { ...value, name: word("range"), z: 5, datasetIndex: 1, xAxisIndex: 1, yAxisIndex: 1, encode: { x: "at", y: "range" }, lineStyle: wide, itemStyle: { color: look.series[0] } },
  ];
}

// Comments as speech marks, everything else as triangles, in a lane between the two charts, with a hair line up through the values.
export function lane(data, look) {
  const shown = data.marks.map((mark) => ({ value: [mark.at, 0], symbol: mark.kind === "comment" ? "pin" : "triangle", symbolSize: (mark.kind === "comment" ? 20 : 11) * look.scale, itemStyle: { color: look[mark.kind === "comment" ? "accent" : mark.kind === "machine" ? "warning" : "ink2"] } }));
  const lines = data.marks.filter((mark) => mark.kind !== "machine").map((mark) => ({ xAxis: mark.at }));
  return [{
    type: "scatter", xAxisIndex: LANE, yAxisIndex: 2, z: 9, silent: true, animation: false, data: shown,
  }, {
    type: "line", data: [], silent: true, animation: false, xAxisIndex: LINES[0],
    markLine: { symbol: "none", silent: true, animation: false, label: { show: false }, lineStyle: { color: look.ink3, type: [1, 3], width: look.scale }, data: lines },
  }];
}

export function clock(data) {
  return (at) => (data.to - data.from > 1.5 * DAY ? dayTime(at) : short(at));
}

function grids(look, height, hasLabels) {
  const side = { left: look.size * 4.6, right: hasLabels ? look.size * 7.4 : 16 };
  const below = Math.max(70, Math.round(height * 0.26));
  const foot = look.size * 2.2;
  return [
    { ...side, top: 14, bottom: below + foot + 34 },
    { ...side, height: below, bottom: foot },
    { ...side, height: 18, bottom: below + foot + 10 },
  ];
}

export function options(data, look, { hasZones, height, width, zoom, tip, columns }) {
  const base = frame(look);
  const ends = { type: "time", min: data.from, max: data.to };
  const label = { formatter: clock(data), hideOverlap: true };
  const limit = data.limits.flatMap((l) => [l.ucl, l.lcl, l.center]);
  const edge = { axisLabel: { showMinLabel: false, showMaxLabel: false, formatter: (v) => number(v, 5) } };
  const hidden = { show: false, axisPointer: { show: false, triggerTooltip: false } };
  const roam = { type: "inside", zoomOnMouseWheel: "ctrl", moveOnMouseWheel: false, throttle: 16, ...zoom };
  const pointer = { show: true, snap: true, label: { show: false } };
  return {
    ...base,
    grid: grids(look, height, width > 520),
    dataset: sources(data, columns),
    axisPointer: { link: [{ xAxisIndex: [0, 1] }], lineStyle: { color: look.ink3, type: "dashed" } },
    tooltip: { ...base.tooltip, formatter: tip },
    xAxis: [
      bottomAxis(look, { ...ends, gridIndex: 0, axisLabel: { show: false }, axisPointer: pointer }),
      bottomAxis(look, { ...ends, gridIndex: 1, axisLabel: label, axisPointer: pointer }),
      { ...ends, gridIndex: 2, ...hidden }, { ...ends, gridIndex: 0, ...hidden }, { ...ends, gridIndex: 1, ...hidden },
    ],
    yAxis: [
      valueAxis(look, { ...spread(data.value, limit), ...edge, gridIndex: 0 }),
      valueAxis(look, { ...spread(data.range, data.limits.map((l) => l.range_ucl), 0), ...edge, gridIndex: 1, splitNumber: 2 }),
      { type: "value", show: false, min: -1, max: 1, gridIndex: 2 },
    ],
    dataZoom: [{ ...roam, xAxisIndex: [0, 1], filterMode: "filter" }, { ...roam, xAxisIndex: [LANE, ...LINES], filterMode: "none" }],
    series: [...limitLines(data, look, hasZones && width > 520), ...rangeLines(data, look), ...points(data, look), ...lane(data, look)].map((one) => (width > 520 || !one.endLabel ? one : { ...one, endLabel: { show: false } })),
  };
}
