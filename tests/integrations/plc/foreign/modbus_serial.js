// A server of npm's modbus-serial over an image of registers: node modbus_serial.js IMAGE PORT
const { ServerTCP } = require("modbus-serial");
const image = require(require("node:path").resolve(process.argv[2]));

const registers = new Array(image.size).fill(0);
for (const [first, words] of Object.entries(image.words)) {
  words.forEach((word, step) => { registers[Number(first) + step] = parseInt(word, 16); });
}
const read = (address) => {
  if (address >= image.size) throw Object.assign(new Error("no such register"), { modbusErrorCode: 2 });
  return registers[address];
};
const where = { host: "127.0.0.1", port: Number(process.argv[3]), unitID: image.unit };
const server = new ServerTCP({ getHoldingRegister: read, getInputRegister: read }, where);
server.on("initialized", () => console.log("listening"));
server.on("socketError", () => {});
