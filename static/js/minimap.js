// A small map of a graph: every box as a spot in its tone, what is on the screen as a frame; a press goes there.
import { palette } from "./chart_look.js";

export class Minimap {
  constructor(canvas, graph) {
    Object.assign(this, { canvas, graph });
    graph.on("pan zoom resize", () => this.later());
    canvas.addEventListener("pointerdown", (event) => this.go(event));
    canvas.addEventListener("pointermove", (event) => event.buttons && this.go(event));
  }

  later() {
    this.waiting ??= requestAnimationFrame(() => { this.waiting = undefined; this.draw(); });
  }

  scale() {
    const box = this.graph.elements().boundingBox();
    const { width, height } = this.canvas;
    const by = Math.min(width / (box.w || 1), height / (box.h || 1)) * 0.94;
    return { by, x: (width - box.w * by) / 2 - box.x1 * by, y: (height - box.h * by) / 2 - box.y1 * by };
  }

  draw() {
    const { canvas, graph } = this;
    canvas.width = canvas.clientWidth * devicePixelRatio;
    canvas.height = canvas.clientHeight * devicePixelRatio;
    const pen = canvas.getContext("2d");
    const look = palette();
    const { by, x, y } = this.scale();
    const size = Math.max(2 * devicePixelRatio, 40 * by);
    for (const node of graph.nodes()) {
      const at = node.position();
      pen.fillStyle = node.data("focus") ? look.accent : look[node.data("tone")] ?? look.ink3;
      pen.fillRect(at.x * by + x - size, at.y * by + y - size / 3, size * 2, Math.max(2, size / 1.5));
    }
    const seen = graph.extent();
    pen.strokeStyle = look.accent;
    pen.lineWidth = 1.5 * devicePixelRatio;
    pen.strokeRect(seen.x1 * by + x, seen.y1 * by + y, seen.w * by, seen.h * by);
  }

  go({ offsetX, offsetY }) {
    const { by, x, y } = this.scale();
    const [left, top] = [(offsetX * devicePixelRatio - x) / by, (offsetY * devicePixelRatio - y) / by];
    const zoom = this.graph.zoom();
    this.graph.pan({ x: this.graph.width() / 2 - left * zoom, y: this.graph.height() / 2 - top * zoom });
  }
}
