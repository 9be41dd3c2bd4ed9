// A Sparkplug edge node made of the payloads of Eclipse Tahu and of mqtt.js; it is told what to do line by line.
"use strict";
const mqtt = require("mqtt");
const { get } = require("sparkplug-payload");
const payload = get("spBv1.0");
const port = Number(process.argv[2]);
let seq = 0;
const topic = (kind, device) => `spBv1.0/Plant/${kind}/Edge${device ? "/" + device : ""}`;
const now = () => Date.now();
const bdSeq = { name: "bdSeq", type: "UInt64", value: 7 };
const will = Buffer.from(payload.encodePayload({ timestamp: now(), metrics: [bdSeq] }));
const client = mqtt.connect({ host: "127.0.0.1", port, clientId: "edge", reconnectPeriod: 0, clean: true,
  will: { topic: topic("NDEATH"), payload: will, qos: 1, retain: false } });
const send = (kind, device, metrics, extra) => {
  const body = { timestamp: now(), seq: seq, metrics, ...extra };
  seq = (seq + 1) % 256;
  client.publish(topic(kind, device), Buffer.from(payload.encodePayload(body)));
};
const birth = () => {
  seq = 0;
  send("NBIRTH", "", [bdSeq, { name: "Node Control/Rebirth", type: "Boolean", value: false },
    { name: "Load", alias: 1, type: "Double", value: 0.5 }]);
  send("DBIRTH", "Oven", [{ name: "Zones/3", alias: 10, type: "Float", value: 245.5 },
    { name: "Low", alias: 11, type: "Int16", value: -40 }, { name: "Count", alias: 12, type: "UInt64", value: 5 },
    { name: "On", alias: 13, type: "Boolean", value: true }]);
};
client.on("connect", () => client.subscribe("spBv1.0/Plant/NCMD/Edge", () => {
  birth();
  client.publish("ready", "", { qos: 1 }, () => console.log("listening"));  // the births before it went their way
}));
client.on("message", (_topic, message) => {
  const told = payload.decodePayload(message);
  if (told.metrics.some((one) => one.name === "Node Control/Rebirth" && one.value === true)) birth();
});
const alias = (number, type, value, extra) => ({ alias: number, type, value, timestamp: now(), ...extra });
const acts = {
  data: (value) => send("DDATA", "Oven", [alias(10, "Float", value)]),
  low: (value) => send("DDATA", "Oven", [alias(11, "Int16", value)]),
  stale: () => send("DDATA", "Oven", [alias(10, "Float", 1, { properties: { Quality: { type: "Int32", value: 500 } } })]),
  old: (value) => send("DDATA", "Oven", [alias(10, "Float", value, { isHistorical: true, timestamp: now() - 60000 })]),
  skip: () => { seq = (seq + 1) % 256; },
  ddeath: () => send("DDEATH", "Oven", []),
  birth,
  die: () => client.stream.destroy(),
};
require("readline").createInterface({ input: process.stdin }).on("line", (line) => {
  const [act, value] = line.split(" ");
  acts[act](Number(value));
});
