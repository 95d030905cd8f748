import type { AdviceClient } from "../client.ts";
import { jsAgent } from "../js-agent.ts";

// https://docs.aws.amazon.com/sdk-for-javascript/v3/developer-guide/node-reusing-connections.html
export const sdkJs: AdviceClient = {
  id: "sdk-js",
  title: "AWS SDK for JavaScript v3",
  language: "js",
  snippet: (settings) => ({
    code: `import { Agent } from "node:https"; // "node:http", and httpAgent below, for http://
import { NodeHttpHandler } from "@smithy/node-http-handler";

${jsAgent(settings)}

/** Give every client the same one: new LambdaClient({ ...connections }) */
export const connections = {
  requestHandler: new NodeHttpHandler({ httpsAgent: agent, connectionTimeout: 5_000 }),
  maxAttempts: 2,
};
`,
    notes: [
      "`maxAttempts` counts the first one. The SDK sends again after ECONNRESET, POSTs too: an Invoke whose answer was lost may run twice.",
      "The SDK has no deadline for an answer of its own. For a flow that is forgotten without a word give it one: `requestTimeout` with `throwOnRequestTimeout: true`, longer than the function may run.",
      "Reuse the client: one made for each call brings a pool of its own and keeps nothing for the next.",
    ],
  }),
};
