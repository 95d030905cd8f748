import type { AdviceClient } from "../client.ts";

export const node: AdviceClient = {
  id: "node",
  title: "Node.js http.Agent",
  language: "js",
  snippet: ({ idleDropMs, tcpKeepAliveMs, ageMaxMs, ageJitter, pool }) => ({
    code: `import { Agent } from "node:https"; // or "node:http"

${ageMaxMs === null ? "" : ageClass(ageMaxMs, ageJitter)}export const agent = new ${ageMaxMs === null ? "Agent" : "AgeingAgent"}({
  keepAlive: true,
  timeout: ${idleDropMs}, // milliseconds of silence: drops idle connections
  keepAliveMsecs: ${tcpKeepAliveMs}, // TCP keep-alive
  maxSockets: ${pool},
  maxFreeSockets: ${pool},
  scheduling: "lifo", // the youngest silence first, so that the others may go
});

/** Whether a failed request may be sent again: once, and only if the call is safe to repeat. */
export const wasStale = (request, error) => request.reusedSocket && error.code === "ECONNRESET";
`,
    notes: [
      "Use it as `request({ agent, … })`. An agent made without `keepAlive: true` keeps nothing, and the global one drops idle connections after 5 s whatever the server does.",
      "`timeout` also makes a request that is silent for so long emit 'timeout'; nothing happens to it unless your code says so.",
      "Node does not keep connections whose server hints at one second or less (`Keep-Alive: timeout=1`).",
    ],
  }),
};

const ageClass = (
  ageMs: number,
  jitter: number,
): string => `/** Drops connections by age, each a little sooner by chance. */
class AgeingAgent extends Agent {
  keepSocketAlive(socket) {
    socket.dropAt ??= Date.now() + ${ageMs} * (1 - ${jitter} * Math.random());
    return Date.now() < socket.dropAt && super.keepSocketAlive(socket);
  }
}

`;
