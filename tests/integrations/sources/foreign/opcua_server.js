// An OPC UA server of other people's making: one value that rises, one that is bad, a folder.
"use strict";
const { OPCUAServer } = require("node-opcua-server");
const { DataType } = require("node-opcua-variant");
const { StatusCodes } = require("node-opcua-status-code");

async function main() {
  const server = new OPCUAServer({
    port: Number(process.argv[2]),
    resourcePath: "/plant",
    allowAnonymous: true,
    securityPolicies: ["http://opcfoundation.org/UA/SecurityPolicy#None"],
    securityModes: [1],
    nodeset_filename: [require("node-opcua-nodesets").nodesets.standard],
  });
  await server.initialize();
  const space = server.engine.addressSpace;
  const own = space.getOwnNamespace();
  const oven = own.addObject({ organizedBy: space.rootFolder.objects, browseName: "Oven", nodeId: "s=Oven" });
  let count = 0;
  const rising = own.addVariable({ componentOf: oven, browseName: "count", nodeId: "s=count", dataType: "Int32" });
  rising.setValueFromSource({ dataType: DataType.Int32, value: 0 });
  const bad = own.addVariable({ componentOf: oven, browseName: "broken", nodeId: "s=broken", dataType: "Double" });
  bad.setValueFromSource({ dataType: DataType.Double, value: 1.5 }, StatusCodes.BadSensorFailure);
  setInterval(() => rising.setValueFromSource({ dataType: DataType.Int32, value: ++count }), 50);
  await server.start();
  console.log("listening");
}

main().catch((error) => { console.error(error); process.exit(1); });
