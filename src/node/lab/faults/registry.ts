export { configFaults } from "./config.ts";
export { connectionFaults } from "./connection.ts";
export { dnsFaults } from "./dns.ts";
export { policyFaults } from "./policy.ts";
export { serviceFaults } from "./service.ts";
export { signingFaults } from "./signing.ts";
export { tcpFaults } from "./tcp.ts";
export { tlsFaults } from "./tls.ts";
