// Amounts that flow from material to material, stage by stage. Units can't be compared, so each unit has its own scale.
import { card, frame, table } from "./chart_look.js";
import { number, word } from "./words.js";

const LEAST = 0.02; // of the widest: what hardly flows is seen all the same
const name = ([stage, material]) => `${stage} ${material}`;

function widest(flows) {
  const found = new Map();
  for (const { unit, value } of flows) found.set(unit, Math.max(found.get(unit) ?? 0, value));
  return found;
}

export function flows(data, look) {
  const base = frame(look);
  const most = widest(data.flows);
  const stages = new Map(data.flows.flatMap((one) => [one.from, one.to]).map((end) => [name(end), end]));
  const first = Math.min(...[...stages.values()].map(([stage]) => stage));
  const materials = [...new Set([...stages.values()].map(([, material]) => material))];
  return {
    ...base,
    tooltip: {
      ...base.tooltip, trigger: "item",
      formatter: ({ data: one, dataType }) => (dataType === "edge" ? card(`${one.told.from[1]} → ${one.told.to[1]}`, [[word("quantity"), `${number(one.told.value)} ${one.told.unit}`], [word("links"), number(one.told.links)]]) : card(one.material, [])),
    },
    series: [{
      type: "sankey", left: 8, right: 120, top: 12, bottom: 12, nodeGap: 14, nodeWidth: 14, draggable: false, emphasis: { focus: "trajectory" },
      lineStyle: { color: "gradient", opacity: 0.34, curveness: 0.5 }, label: { color: look.ink, fontSize: look.size, fontFamily: look.font, formatter: ({ data: one }) => one.material },
      data: [...stages].map(([key, [stage, material]]) => ({ name: key, material, depth: stage - first, itemStyle: { color: look.series[materials.indexOf(material) % look.series.length], borderWidth: 0 } })),
      links: data.flows.map((one) => ({ source: name(one.from), target: name(one.to), value: Math.max(LEAST, one.value / (most.get(one.unit) || 1)), told: one })),
    }],
  };
}

export const rows = (data) => table(
  [[word("from")], [word("into")], [word("quantity"), true], [word("links"), true]],
  data.flows.map((one) => ({ cells: [one.from[1], one.to[1], `${number(one.value)} ${one.unit}`, number(one.links)] })),
);
