import type { AdviceClient } from "../client.ts";

/** Its timers above a second are checked about once a second. */
const coarseMs = 1000;

// https://github.com/nodejs/undici/blob/main/docs/docs/api/Client.md and Pool.md
export const undici: AdviceClient = {
  id: "undici",
  title: "undici (and fetch in Node.js)",
  language: "js",
  snippet: ({ idleDropMs, tcpKeepAliveMs, ageMaxMs, pool }) => {
    const keepMs = Math.max(1, idleDropMs > 2 * coarseMs ? idleDropMs - coarseMs : Math.floor(idleDropMs / 2));
    return {
      code: `import { Agent, setGlobalDispatcher } from "undici"; // 7.12 or newer for clientTtl

export const dispatcher = new Agent({
  keepAliveTimeout: ${keepMs}, // milliseconds; well below ${idleDropMs}, for its timers are a second coarse
  keepAliveMaxTimeout: ${keepMs}, // or a server's Keep-Alive header would extend it
  connections: ${pool},
${ageMaxMs === null ? "" : `  clientTtl: ${ageMaxMs}, // replaced at this age\n`}  connect: { keepAlive: true, keepAliveInitialDelay: ${tcpKeepAliveMs} },
});

setGlobalDispatcher(dispatcher); // fetch() uses it from here on
`,
      notes: [
        "`fetch()` comes with Node's own undici; the package's dispatcher serves it when the versions agree, else use the package's fetch.",
        "It has no jitter for `clientTtl`: make it a little different in each process.",
        "A stale connection shows as `UND_ERR_SOCKET` or ECONNRESET, and is not tried again. RetryAgent does, but knows nothing of whether the connection had served before: let it retry idempotent methods only (its default).",
      ],
    };
  },
};
