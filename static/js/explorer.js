// The genealogy explorer: groups open where somebody looks closer; arrow keys walk along the links, a small map shows the whole.
import { palette } from "./chart_look.js";
import { READABLE, SIZES, TONES, library, place, style } from "./genealogy.js";
import { Minimap } from "./minimap.js";
import { word } from "./words.js";

const STEP = 30; // lots that one opening shows
const MARGIN = 60;

function text(node) {
  const lines = [node.label, node.material];
  if (node.kind === "group" && node.held) lines.push(`${word("held")} ${node.held}`);
  else if (node.quantity) lines.push(node.quantity);
  return lines.filter(Boolean).join("\n");
}

function elements(data) {
  const nodes = [...data.groups, ...data.nodes].map((node) => ({
    data: { ...node, id: String(node.id), text: text(node), tone: TONES[node.state] ?? "unknown" },
  }));
  const edges = data.edges.map((edge, index) => ({
    data: {
      ...edge, id: `e${index}`, source: String(edge.source), target: String(edge.target), weight: Math.min(7, 1.5 + Math.log2(edge.links)),
      text: [edge.links > 1 ? `${edge.links}×` : "", edge.quantity].filter(Boolean).join(" "),
    },
  }));
  return [...nodes, ...edges];
}

function looks(look, size) {
  return [
    ...style(look, size),
    { selector: 'node[kind="group"]', style: { shape: "round-rectangle", "border-style": "double", "border-width": 6, "background-color": look.raised } },
    { selector: "edge", style: { width: "data(weight)" } },
    { selector: ".dim", style: { opacity: 0.22 } },
    { selector: ".way", style: { "line-color": look.accent, "target-arrow-color": look.accent } },
    { selector: "node:selected", style: { "outline-width": 3, "outline-color": look.accent, "outline-offset": 3 } },
  ];
}

class Explorer {
  constructor(area, { cytoscape, dagre }) {
    Object.assign(this, { area, dagre, cytoscape, opened: new Map(), find: "" });
    this.board = area.querySelector("[data-explorer-board]");
    this.said = area.querySelector("[data-explorer-said]");
    this.size = area.clientWidth < 480 ? SIZES.narrow : SIZES.wide;
  }

  async load(keep = null) {
    const address = new URL(this.area.dataset.src, location.href);
    for (const [key, many] of this.opened) address.searchParams.append("open", `${key}~${many}`);
    if (this.find) address.searchParams.set("find", this.find);
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    this.draw(await answer.json(), keep);
  }

  draw(data, keep) {
    const before = keep && this.graph?.getElementById(keep).renderedPosition();
    const zoom = this.graph?.zoom();
    const positions = place({ nodes: [...data.groups, ...data.nodes], edges: data.edges }, this.dagre, this.size);
    if (!this.graph) this.start();
    this.graph.elements().remove();
    this.graph.add(elements(data));
    this.graph.layout({ name: "preset", positions, fit: false }).run();
    const stays = keep ? this.graph.getElementById(keep) : this.graph.collection();
    if (before && stays.nonempty()) this.hold(stays, before, zoom);
    else this.whole();
    const found = this.find && !keep ? this.graph.nodes().filter((node) => node.data("label") === this.find) : [];
    if (found.length) this.choose(found[0], true);
    this.map.draw();
  }

  start() {
    this.graph = this.cytoscape({ container: this.board, style: looks(palette(), this.size), minZoom: 0.05, maxZoom: 2, boxSelectionEnabled: false, autounselectify: false });
    this.graph.on("tap", "node", ({ target }) => this.act(target));
    this.graph.on("tap", ({ target }) => target === this.graph && this.choose(null));
    document.addEventListener("zz:theme", () => { this.graph.style(looks(palette(), this.size)); this.map.draw(); });
    this.map = new Minimap(this.area.querySelector("[data-explorer-map]"), this.graph);
  }

  // What was opened stays where it was under the pointer.
  hold(node, before, zoom) {
    this.graph.zoom(zoom);
    const now = node.renderedPosition();
    this.graph.panBy({ x: before.x - now.x, y: before.y - now.y });
  }

  whole() {
    this.graph.fit(undefined, 28);
    if (this.graph.zoom() > 1.2) this.graph.zoom(1.2).center();
    if (this.graph.zoom() < READABLE) this.graph.zoom(READABLE).center(this.graph.nodes("[?focus]"));
  }

  // A group opens at once; a lot is chosen first, and opened when it is chosen already.
  act(node) {
    if (node.data("kind") === "group") return this.open(node);
    if (node.selected() && node.data("url")) return location.assign(node.data("url"));
    return this.choose(node);
  }

  open(group) {
    const key = group.id();
    this.opened.set(key, (this.opened.get(key) ?? 0) + STEP);
    return this.load(key).catch(() => this.say(word("chart_failed")));
  }

  choose(node, isFar = false) {
    this.graph.elements().unselect().removeClass("dim way");
    this.said.replaceChildren();
    if (!node) return;
    node.select();
    const way = node.union(node.predecessors()).union(node.successors());
    this.graph.elements().difference(way).addClass("dim");
    way.edges().addClass("way");
    if (isFar || !this.isSeen(node)) this.graph.center(node);
    this.tell(node);
  }

  isSeen(node) {
    const { x, y } = node.renderedPosition();
    return x > MARGIN && y > MARGIN && x < this.graph.width() - MARGIN && y < this.graph.height() - MARGIN;
  }

  tell(node) {
    const { label, material, name, quantity, supplier, url, held, said: state } = node.data();
    const words = [label, [material, name].filter(Boolean).join(" "), quantity, supplier, held ? `${word("held")} ${held}` : state];
    this.say(words.filter(Boolean).join(" · "));
    if (url) {
      const link = document.createElement("a");
      link.href = url;
      link.textContent = word("open");
      this.said.append(" ", link);
    }
  }

  say(words) {
    this.said.textContent = words;
  }

  // The neighbour that lies nearest in the direction of an arrow: along a link sideways, any up and down.
  go(key) {
    const at = this.graph.nodes(":selected")[0] ?? this.graph.nodes("[?focus]")[0];
    const here = at.position();
    const near = { ArrowLeft: () => at.incomers("node"), ArrowRight: () => at.outgoers("node") }[key]?.() ?? this.graph.nodes().filter((node) => {
      const there = node.position();
      return Math.abs(there.x - here.x) < this.size.width && (key === "ArrowUp" ? there.y < here.y : there.y > here.y);
    });
    const next = near.sort((a, b) => Math.abs(a.position().y - here.y) - Math.abs(b.position().y - here.y))[0];
    if (next) this.choose(next);
  }

  press(event) {
    const acts = {
      "+": () => this.near(1.25), "=": () => this.near(1.25), "-": () => this.near(0.8), 0: () => this.graph.fit(undefined, 28), Escape: () => this.choose(null),
      Enter: () => this.graph.nodes(":selected").nonempty() && this.act(this.graph.nodes(":selected")[0]), Backspace: () => this.close(),
    };
    const act = event.key.startsWith("Arrow") ? () => this.go(event.key) : acts[event.key];
    if (!act || event.target.closest("input, select, button, a")) return;
    event.preventDefault();
    act();
  }

  near(by) {
    this.graph.zoom({ level: this.graph.zoom() * by, renderedPosition: { x: this.graph.width() / 2, y: this.graph.height() / 2 } });
  }

  close() {
    this.opened.clear();
    this.find = "";
    return this.load();
  }

  seek(text) {
    this.find = text.trim();
    return this.load();
  }
}

export async function wake(area) {
  if (area.zzExplorer) return;
  area.zzExplorer = true;
  try {
    const explorer = new Explorer(area, await library());
    const tools = { in: () => explorer.near(1.25), out: () => explorer.near(0.8), whole: () => explorer.graph.fit(undefined, 28), close: () => explorer.close() };
    area.addEventListener("click", ({ target }) => tools[target.closest("[data-explorer-act]")?.dataset.explorerAct]?.());
    area.addEventListener("keydown", (event) => explorer.press(event));
    area.querySelector("[data-explorer-find]").addEventListener("change", ({ target }) => explorer.seek(target.value));
    await explorer.load();
    area.querySelector(".chart-note")?.remove();
  } catch {
    area.querySelector(".chart-note")?.replaceChildren(word("chart_failed"));
  }
}
