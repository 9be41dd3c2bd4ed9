// Trend lines, sparklines and Pareto charts.
import { bottomAxis, card, frame, table, valueAxis } from "./chart_look.js";
import { moment, number, onlyDay, short, word } from "./words.js";

const lines = (data) => data.series ?? [{ name: data.title, points: data.points ?? [] }];

// Limits as dashed lines, stretches of time (a violation, a hold) as shaded areas.
function marks(data, look) {
  const lines = (data.lines ?? []).map((one) => ({
    yAxis: Number(one.value), lineStyle: { color: look[one.tone] ?? look.held, type: [6, 4] },
    label: { formatter: `${one.label} ${number(one.value, 5)}`, position: "insideEndTop", color: look[one.tone] ?? look.held },
  }));
  const areas = (data.ranges ?? []).map((one) => [
    { xAxis: one.from, name: one.label ?? "", itemStyle: { color: look[one.tone] ?? look.failed, opacity: 0.12 }, label: { color: look.ink2 } }, { xAxis: one.to },
  ]);
  return { markLine: { symbol: "none", silent: true, data: lines }, markArea: { silent: true, data: areas } };
}

function bounds(data) {
  const limits = (data.lines ?? []).map((one) => Number(one.value));
  if (!limits.length) return {};
  return { min: ({ min }) => Math.min(min, ...limits), max: ({ max }) => Math.max(max, ...limits) };
}

// Over more than three days the axis tells days, not hours.
function clockOf(data) {
  const times = lines(data).flatMap((one) => one.points.map((p) => Date.parse(p.at)));
  return Math.max(...times) - Math.min(...times) > 3 * 86_400_000 ? onlyDay : short;
}

export function trend(data, look) {
  const base = frame(look);
  const isMany = lines(data).length > 1;
  return {
    ...base,
    color: look.series,
    legend: { show: isMany, bottom: 0, icon: "roundRect", itemHeight: 4, textStyle: { color: look.ink2 } },
    grid: { ...base.grid, bottom: isMany ? 32 : 8 },
    tooltip: {
      ...base.tooltip,
      formatter: (found) => card(moment(found[0].value[0]), found.map((f) => [f.seriesName, `${number(f.value[1])} ${data.unit ?? ""}`])),
    },
    xAxis: bottomAxis(look, { type: "time", axisLabel: { formatter: clockOf(data) } }),
    yAxis: valueAxis(look, bounds(data)),
    series: lines(data).map((one, index) => ({
      name: one.name, type: "line", showSymbol: Boolean(one.dots), symbolSize: 8, sampling: "lttb", connectNulls: false,
      lineStyle: { width: one.dots ? 0 : 1.75 * look.scale },
      data: one.points.map((p) => [p.at, p.value]), ...(index ? {} : marks(data, look)),
    })),
  };
}

// One or more lines over a measured quantity, with places marked on it.
export function curve(data, look) {
  const base = frame(look);
  const marks = (data.marks ?? []).map((one) => ({
    xAxis: one.x, lineStyle: { color: look[one.tone] ?? look.ink3, type: [6, 4] },
    label: { formatter: `${one.label} ${number(one.x, 4)}`, position: "end", color: look.ink2 },
  }));
  return {
    ...base,
    grid: { ...base.grid, top: 32, bottom: 32 },
    tooltip: {
      ...base.tooltip,
      formatter: (found) => card(`${data.x} ${number(found[0].value[0], 3)} ${data.x_unit ?? ""}`, found.map((f) => [f.seriesName, `${number(f.value[1], 4)} ${data.unit ?? ""}`])),
    },
    xAxis: bottomAxis(look, { type: "value", max: Math.max(...data.series[0].points.map((p) => p.x)), axisLabel: { showMaxLabel: false }, name: `${data.x} [${data.x_unit}]`, nameLocation: "middle", nameGap: 28, nameTextStyle: { color: look.ink2 } }),
    yAxis: valueAxis(look, { scale: false, min: 0, max: data.most ?? null }),
    series: data.series.map((one, index) => ({
      name: one.name, type: "line", showSymbol: false, lineStyle: { width: 2 * look.scale, color: look.series[index] }, itemStyle: { color: look.series[index] },
      data: one.points.map((p) => [p.x, p.y]), ...(index ? {} : { markLine: { symbol: "none", silent: true, data: marks } }),
    })),
  };
}

// Many lines of two sides over the same quantity: the later ones lie on top, limits as dashed lines across.
export function overlay(data, look) {
  const base = frame(look);
  const marks = (data.lines ?? []).map((one) => ({
    yAxis: Number(one.value), lineStyle: { color: look[one.tone] ?? look.held, type: [6, 4] },
    label: { formatter: `${one.label} ${number(one.value, 5)}`, position: "insideEndTop", color: look[one.tone] ?? look.held },
  }));
  return {
    ...base,
    legend: { bottom: 0, icon: "roundRect", itemHeight: 4, textStyle: { color: look.ink2 }, data: [...new Map(data.series.map((one) => [one.name, { name: one.name, itemStyle: { color: look[one.tone] } }])).values()] },
    grid: { ...base.grid, bottom: 56 },
    tooltip: {
      ...base.tooltip, trigger: "item",
      formatter: (found) => card(`${data.series[found.seriesIndex].lot} · ${found.seriesName}`, [[data.x, `${number(found.value[0], 4)} ${data.x_unit ?? ""}`], [data.title, `${number(found.value[1])} ${data.unit ?? ""}`]]),
    },
    xAxis: bottomAxis(look, { type: "value", name: `${data.x} [${data.x_unit}]`, nameLocation: "middle", nameGap: 28, nameTextStyle: { color: look.ink2 } }),
    yAxis: valueAxis(look, bounds(data)),
    series: data.series.map((one, index) => ({
      name: one.name, type: "line", showSymbol: one.points.length < 40, symbolSize: 6, connectNulls: false, triggerLineEvent: true, emphasis: { focus: "series" },
      lineStyle: { color: look[one.tone], width: 1.5 * look.scale, type: one.tone === "failed" ? "solid" : [8, 3] }, itemStyle: { color: look[one.tone] },
      data: one.points.map((p) => [p.x, p.y]), ...(index ? {} : { markLine: { symbol: "none", silent: true, data: marks } }),
    })),
  };
}

export function spark(data, look) {
  const values = data.value ?? lines(data)[0].points.map((p) => p.value);
  return {
    animation: false, grid: { left: 0, right: 4, top: 4, bottom: 4 }, xAxis: { type: "category", show: false }, yAxis: { type: "value", scale: true, show: false },
    series: [{
      type: "line", data: values, symbol: "none", lineStyle: { color: look.series[0], width: 1.5 },
      areaStyle: { color: look.series[0], opacity: 0.12 }, silent: true,
    }],
  };
}

// Values over named places (parts, appraisers), a colour a series, and the mean of each place as a line.
export function dots(data, look) {
  const base = frame(look);
  const means = data.categories.map((name) => {
    const values = lines(data).flatMap((one) => one.points.filter((p) => p.at === name).map((p) => Number(p.value)));
    return values.length ? values.reduce((sum, v) => sum + v, 0) / values.length : null;
  });
  return {
    ...base,
    color: look.series,
    legend: { bottom: 0, icon: "circle", itemHeight: 8, textStyle: { color: look.ink2 } },
    grid: { ...base.grid, bottom: 32 },
    tooltip: { ...base.tooltip, formatter: (found) => card(found[0].axisValueLabel, found.map((f) => [f.seriesName, `${number(f.value[1] ?? f.value)} ${data.unit ?? ""}`])) },
    xAxis: bottomAxis(look, { type: "category", data: data.categories }),
    yAxis: valueAxis(look),
    series: [
      ...lines(data).map((one) => ({ name: one.name, type: "line", lineStyle: { width: 0 }, symbol: "circle", symbolSize: 8 * look.scale, data: one.points.map((p) => [p.at, p.value]) })),
      { name: word("mean"), type: "line", data: means, symbol: "none", lineStyle: { color: look.ink2, width: 1.5 * look.scale } },
    ],
  };
}

export function pareto(data, look) {
  const bars = [...data.bars].sort((a, b) => b.value - a.value);
  const total = bars.reduce((sum, bar) => sum + Number(bar.value), 0) || 1;
  let sum = 0;
  const shares = bars.map((bar) => ((sum += Number(bar.value)) / total) * 100);
  const base = frame(look);
  return {
    ...base,
    tooltip: {
      ...base.tooltip,
      formatter: ([f]) => card(bars[f.dataIndex].label, [
        [word("quantity"), `${number(bars[f.dataIndex].value)} ${data.unit ?? ""}`], [word("share"), `${number(shares[f.dataIndex], 3)} %`],
      ]),
    },
    xAxis: bottomAxis(look, { type: "category", data: bars.map((bar) => bar.label), axisLabel: { color: look.ink2, interval: 0, overflow: "truncate", width: 90 } }),
    yAxis: [valueAxis(look, { scale: false }), valueAxis(look, { max: 100, min: 0, interval: 25, splitLine: { show: false }, axisLabel: { formatter: "{value} %" } })],
    series: [
      { name: word("quantity"), type: "bar", data: bars.map((bar) => bar.value), barMaxWidth: 48, itemStyle: { color: look.series[0], borderRadius: [3, 3, 0, 0] } },
      { name: word("share"), type: "line", yAxisIndex: 1, data: shares, symbol: "circle", symbolSize: 6, lineStyle: { color: look.series[1] }, itemStyle: { color: look.series[1] } },
    ],
  };
}

export function rows(data) {
  if (data.bars) return table([[data.title ?? ""], [word("quantity"), true]], data.bars.map((bar) => ({ cells: [bar.label, number(bar.value)] })));
  const made = lines(data).flatMap((one) => one.points.slice(-200).reverse().map((p) => ({ cells: [data.categories ? p.at : moment(p.at), one.name ?? "", number(p.value)] })));
  return table([[word("at")], [""], [`${word("value")}${data.unit ? ` [${data.unit}]` : ""}`, true]], made);
}
