// Trend lines, sparklines and Pareto charts.
import { bottomAxis, card, frame, table, valueAxis } from "./chart_look.js";
import { moment, number, short, word } from "./words.js";

const lines = (data) => data.series ?? [{ name: data.title, points: data.points ?? [] }];

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
    xAxis: bottomAxis(look, { type: "time", axisLabel: { color: look.ink3, hideOverlap: true, formatter: (v) => short(v) } }),
    yAxis: valueAxis(look),
    series: lines(data).map((one) => ({
      name: one.name, type: "line", showSymbol: false, sampling: "lttb", lineStyle: { width: 1.75 }, connectNulls: false,
      data: one.points.map((p) => [p.at, p.value]),
    })),
  };
}

export function spark(data, look) {
  const values = lines(data)[0].points.map((p) => p.value);
  return {
    animation: false, grid: { left: 0, right: 4, top: 4, bottom: 4 }, xAxis: { type: "category", show: false }, yAxis: { type: "value", scale: true, show: false },
    series: [{
      type: "line", data: values, symbol: "none", lineStyle: { color: look.series[0], width: 1.5 },
      areaStyle: { color: look.series[0], opacity: 0.12 }, silent: true,
    }],
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
    yAxis: [valueAxis(look, { scale: false }), valueAxis(look, { max: 100, min: 0, interval: 25, splitLine: { show: false }, axisLabel: { color: look.ink3, formatter: "{value} %" } })],
    series: [
      { name: word("quantity"), type: "bar", data: bars.map((bar) => bar.value), barMaxWidth: 48, itemStyle: { color: look.series[0], borderRadius: [3, 3, 0, 0] } },
      { name: word("share"), type: "line", yAxisIndex: 1, data: shares, symbol: "circle", symbolSize: 6, lineStyle: { color: look.series[1] }, itemStyle: { color: look.series[1] } },
    ],
  };
}

export function rows(data) {
  if (data.bars) return table([[data.title ?? ""], [word("quantity"), true]], data.bars.map((bar) => ({ cells: [bar.label, number(bar.value)] })));
  const made = lines(data).flatMap((one) => one.points.slice(-200).reverse().map((p) => ({ cells: [moment(p.at), one.name ?? "", number(p.value)] })));
  return table([[word("at")], [""], [`${word("value")}${data.unit ? ` [${data.unit}]` : ""}`, true]], made);
}
