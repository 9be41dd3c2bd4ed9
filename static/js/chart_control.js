// A control chart: values with centre line and limits by period, zones when asked for, violations by colour and by shape.
import { bottomAxis, card, frame, table, valueAxis } from "./chart_look.js";
import { moment, number, short, word } from "./words.js";

function limitAt(limits, at) {
  return limits.findLast((limit) => !limit.from || new Date(limit.from) <= new Date(at)) ?? limits[0];
}

function stair(data, pick) {
  return data.points.map((point) => {
    const limit = limitAt(data.limits ?? [], point.at);
    return limit ? pick(limit) ?? null : null;
  });
}

function line(name, values, color, style, label, look) {
  return {
    name, type: "line", data: values, step: "middle", symbol: "none", silent: true, z: 1, connectNulls: false,
    lineStyle: { color, ...style, width: (style.width ?? 1.5) * look.scale }, itemStyle: { color }, emphasis: { disabled: true },
    endLabel: { show: Boolean(label), color, formatter: ({ value }) => `${label} ${number(value, 5)}`, distance: 6, fontWeight: 600, fontSize: look.size },
  };
}

function zones(data, look) {
  const out = [];
  for (const times of [1, 2]) {
    for (const sign of [1, -1]) {
      const values = stair(data, (l) => (l.sigma ? l.center + sign * times * l.sigma : null));
      out.push(line("", values, look.ink3, { width: 1, type: [2, 4], opacity: 0.6 }, "", look));
    }
  }
  return out;
}

function texts(data) {
  const found = new Map();
  for (const hit of data.violations ?? []) {
    const key = String(hit.point);
    found.set(key, [...(found.get(key) ?? []), hit.text || hit.rule]);
  }
  return (point) => found.get(String(point.id)) ?? point.flags ?? [];
}

function mark(point, why, look) {
  if (!why.length) return { value: point.value };
  return { value: point.value, symbol: "diamond", symbolSize: 13 * look.scale, itemStyle: { color: look.failed, borderColor: look.surface, borderWidth: 1.5 } };
}

function range(data) {
  const limits = (data.limits ?? []).flatMap((l) => [l.ucl, l.lcl, l.center]);
  const all = [...data.points.map((p) => p.value), ...limits].filter((v) => v !== null && Number.isFinite(Number(v))).map(Number);
  const low = Math.min(...all);
  const high = Math.max(...all);
  const room = (high - low || Math.abs(high) || 1) * 0.08;
  return { min: low - room, max: high + room };
}

function tip(data, look, reasons) {
  return ([first]) => {
    const point = data.points[first.dataIndex];
    const limit = limitAt(data.limits ?? [], point.at);
    const why = reasons(point);
    const rows = [[word("value"), `${number(point.value)} ${data.unit ?? ""}`]];
    if (limit) rows.push([word("ucl"), number(limit.ucl)], [word("center"), number(limit.center)], [word("lcl"), number(limit.lcl)]);
    for (const text of why) rows.push([`◆ ${word("violation")}`, text, look.failed]);
    return card(moment(point.at), rows);
  };
}

export function options(data, look, { hasZones }) {
  const reasons = texts(data);
  const base = frame(look);
  return {
    ...base,
    grid: { ...base.grid, right: look.size * 7.6 },
    tooltip: { ...base.tooltip, formatter: tip(data, look, reasons) },
    xAxis: bottomAxis(look, { type: "category", boundaryGap: false, data: data.points.map((p) => short(p.at)) }),
    yAxis: valueAxis(look, { ...range(data), axisLabel: { showMinLabel: false, showMaxLabel: false, formatter: (v) => number(v, 5) } }),
    dataZoom: [{ type: "inside", zoomOnMouseWheel: "ctrl", moveOnMouseWheel: false }],
    series: [
      ...(hasZones ? zones(data, look) : []),
      line(word("ucl"), stair(data, (l) => l.ucl), look.held, { type: [6, 4] }, "UCL", look),
      line(word("center"), stair(data, (l) => l.center), look.done, {}, "CL", look),
      line(word("lcl"), stair(data, (l) => l.lcl), look.held, { type: [6, 4] }, "LCL", look),
      {
        name: word("value"), type: "line", z: 5, symbol: "circle", symbolSize: (data.points.length > 150 ? 3 : 6) * look.scale, showAllSymbol: true,
        lineStyle: { color: look.series[0], width: 1.75 * look.scale }, itemStyle: { color: look.series[0] },
        data: data.points.map((point) => mark(point, reasons(point), look)),
      },
    ],
  };
}

export function rows(data) {
  const reasons = texts(data);
  const made = data.points.slice(-200).reverse().map((point) => {
    const why = reasons(point);
    return { tone: why.length ? "failed" : "", cells: [moment(point.at), number(point.value), why.join("; ")] };
  });
  return table([[word("at")], [`${word("value")}${data.unit ? ` [${data.unit}]` : ""}`, true], [word("violation")]], made);
}
