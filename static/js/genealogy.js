// The graph of what was made from what: kinds by shape, states by colour and border, a click or Enter opens the lot.
import { palette } from "./chart_look.js";
import { number, word } from "./words.js";

export const SHAPES = { lot: "round-rectangle", serial: "ellipse", supplier: "hexagon", equipment: "barrel", order: "cut-rectangle" };
export const TONES = {
  HELD: "held", BLOCKED: "held", QUARANTINED: "held", SCRAPPED: "failed", REJECTED: "failed", EXPIRED: "failed", AVAILABLE: "done", SHIPPED: "done",
  RUNNING: "running", IN_PROGRESS: "running",
};

export const READABLE = 0.72; // below this nobody reads the boxes: rather look at a part, and move it
export const SIZES = { wide: { width: 168, rank: 110, words: true }, narrow: { width: 128, rank: 38, words: false } };

export async function library() {
  const [{ default: cytoscape }, dagre] = await Promise.all(
    ["cytoscape", "dagre"].map((name) => import(new URL(document.body.dataset[name], location.href).href)),
  );
  return { cytoscape, dagre: dagre.default ?? dagre };
}

function label(node) {
  const amount = node.quantity ? `\n${number(node.quantity)}` : "";
  return `${node.label}${node.material ? `\n${node.material}` : ""}${amount}`;
}

function elements(data) {
  const nodes = data.nodes.map((node) => ({ data: { ...node, id: String(node.id), text: label(node), tone: TONES[node.state] ?? "unknown" } }));
  const edges = data.edges.map((edge, index) => ({
    data: { ...edge, id: `e${index}`, source: String(edge.source), target: String(edge.target), text: [edge.operation, edge.quantity && number(edge.quantity)].filter(Boolean).join(" · ") },
  }));
  return [...nodes, ...edges];
}

export function place(data, dagre, size) {
  const graph = new dagre.graphlib.Graph();
  graph.setGraph({ rankdir: "LR", nodesep: 22, ranksep: size.rank });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const node of data.nodes) graph.setNode(String(node.id), { width: size.width + 2, height: 56 });
  for (const edge of data.edges) graph.setEdge(String(edge.source), String(edge.target));
  dagre.layout(graph);
  return (node) => ({ x: graph.node(node.id()).x, y: graph.node(node.id()).y });
}

export function style(look, size) {
  const tones = ["held", "failed", "done", "running"].map((tone) => ({
    selector: `node[tone="${tone}"]`, style: { "border-color": look[tone], "border-width": tone === "held" || tone === "failed" ? 3 : 2 },
  }));
  return [
    {
      selector: "node",
      style: {
        shape: (node) => SHAPES[node.data("kind")] ?? "round-rectangle", width: size.width, height: 54, label: "data(text)", "text-wrap": "wrap", "text-max-width": size.width - 14,
        "text-valign": "center", "font-size": 12, "font-family": look.font, color: look.ink, "background-color": look.surface, "border-width": 1.5, "border-color": look.ink3,
      },
    },
    ...tones,
    { selector: "node[?focus]", style: { "border-width": 4, "font-weight": 700, "background-color": look.raised, "outline-width": 2, "outline-color": look.accent, "outline-offset": 4 } },
    { selector: 'node[kind="elsewhere"]', style: { "border-style": "dashed", color: look.ink2 } },
    { selector: "node:selected", style: { "overlay-color": look.accent, "overlay-opacity": 0.12 } },
    {
      selector: "edge",
      style: {
        width: 1.5, "line-color": look.ink3, "target-arrow-color": look.ink3, "target-arrow-shape": "triangle", "curve-style": "bezier", label: size.words ? "data(text)" : "", "font-size": 10.5,
        "font-family": look.font, color: look.ink2, "text-background-color": look.surface, "text-background-opacity": 0.9, "text-background-padding": 2,
      },
    },
    { selector: 'edge[certainty="possible"]', style: { "line-style": "dashed" } },
  ];
}

export async function wake(area) {
  if (area.zzGraph) return;
  area.zzGraph = true;
  try {
    const [answer, { cytoscape, dagre }] = await Promise.all([fetch(area.dataset.src, { headers: { Accept: "application/json" } }), library()]);
    if (!answer.ok) throw new Error(String(answer.status));
    const data = await answer.json();
    area.replaceChildren();
    const size = area.clientWidth < 480 ? SIZES.narrow : SIZES.wide;
    const graph = cytoscape({
      container: area, elements: elements(data), style: style(palette(), size), minZoom: 0.2, maxZoom: 2,
      layout: { name: "preset", positions: place(data, dagre, size), fit: true, padding: size.words ? 28 : 10 },
    });
    if (graph.zoom() > 1.2) graph.zoom(1.2).center();
    if (graph.zoom() < READABLE) graph.zoom(READABLE).center(graph.nodes("[?focus]"));
    graph.on("tap", "node", ({ target }) => target.data("url") && location.assign(target.data("url")));
    graph.on("mouseover", "node[url]", () => { area.style.cursor = "pointer"; });
    graph.on("mouseout", "node", () => { area.style.cursor = ""; });
    document.addEventListener("zz:theme", () => graph.style(style(palette(), size)));
  } catch {
    area.querySelector(".chart-note")?.replaceChildren(word("chart_failed"));
  }
}
