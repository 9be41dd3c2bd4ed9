// AMQP 1.0 by rhea: `amqp.js serve PORT` is a broker of one queue, `amqp.js say PORT ADDRESS` hands lines to one.
"use strict";
const rhea = require("rhea");
const [what, port, address] = process.argv.slice(2);
const container = rhea.create_container({ id: `foreign-${what}` });
const lines = require("readline").createInterface({ input: process.stdin });
if (what === "serve") {
  const queue = [];
  let link = null;
  const open = new Map();
  container.on("sender_open", (context) => {
    if (context.sender.source.address === "nowhere") return context.sender.close({ condition: "amqp:not-found", description: "no such queue" });
    link = context.sender;
    return undefined;
  });
  container.on("sendable", () => {
    while (link && link.sendable() && queue.length) {
      const body = queue.shift();
      open.set(link.send({ body: rhea.message.data_section(Buffer.from(body)) }).id, body);
    }
  });
  container.on("accepted", (context) => { open.delete(context.delivery.id); console.log("accepted"); });
  container.on("disconnected", () => { queue.unshift(...open.values()); open.clear(); link = null; });
  container.on("connection_close", () => { queue.unshift(...open.values()); open.clear(); link = null; });
  lines.on("line", (line) => { queue.push(line); container.emit("sendable"); });
  container.sasl_server_mechanisms.enable_anonymous();
  container.sasl_server_mechanisms.enable_plain((user, password) => user === "line" && password === "geheim");
  container.listen({ port: Number(port), host: "127.0.0.1", max_frame_size: 4096 }).on("listening", () => console.log("listening"));
} else {
  const connection = container.connect({ port: Number(port), host: "127.0.0.1", username: "guest", password: "guest", reconnect: false });
  const link = connection.open_sender(address);
  container.once("sendable", () => console.log("listening"));
  container.on("accepted", () => console.log("accepted"));
  container.on("rejected", () => console.log("rejected"));
  lines.on("line", (line) => link.send({ body: rhea.message.data_section(Buffer.from(line)) }));
}
