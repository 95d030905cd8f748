import type { AdviceClient } from "../client.ts";
import { jsAgent } from "../js-agent.ts";

// https://nodejs.org/api/http.html#new-agentoptions
export const node: AdviceClient = {
  id: "node",
  title: "Node.js http.Agent",
  language: "js",
  snippet: (settings) => ({
    code: `import { Agent } from "node:https"; // "node:http" for http://

${jsAgent(settings)}

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
