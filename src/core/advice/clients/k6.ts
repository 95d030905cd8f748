import { showMs } from "#core/units.ts";
import type { AdviceClient } from "../client.ts";

// https://grafana.com/docs/k6/latest/using-k6/k6-options/reference/
export const k6: AdviceClient = {
  id: "k6",
  title: "k6",
  language: "js",
  snippet: ({ idleDropMs, ageMaxMs }) => ({
    code: `/** Spread into your options: export const options = { ...connections, … } */
export const connections = {
  // k6 cannot drop idle connections: true opens new ones each iteration. Needed when a virtual user pauses for longer
  // than ${idleDropMs} ms between requests to the same host; false when it does not.
  noVUConnectionReuse: true,
};
`,
    notes: [
      `Connections belong to a virtual user. With fewer virtual users for the same rate each of them pauses less: under ${showMs(idleDropMs)} between two requests no connection becomes stale.`,
      "TCP keep-alive is sent every 30 s and cannot be changed: k6 never sees a flow timer of 350 s.",
      "Its transport silently sends GETs again when a kept connection was dead, and reports 200: stale connections show only in POSTs. `pathproof run` counts them as suspected retries; its Node engine sees every one.",
      ...(ageMaxMs === null
        ? []
        : [`It knows no maximum age: at ${showMs(ageMaxMs)} and after, expect connections to end under it.`]),
    ],
  }),
};
