import type { Cause } from "./cause.ts";
import { failedWith } from "./recognise/failed.ts";
import { sighting } from "./recognise/sighting.ts";

export const fileLimit: Cause = {
  code: "file-limit",
  layer: "client",
  title: "This machine cannot open more connections",
  explanation:
    "The system refused another socket: the process's limit on open files is reached (EMFILE), the system's (ENFILE), or all local ports towards this address are in use (EADDRNOTAVAIL). Nothing is wrong with the path.",
  remedy: () =>
    "Raise the limit on open files (`ulimit -n 65535`, LimitNOFILE of the unit, nofile of the container). If ports ran out, keep connections and reuse them, lower --concurrency, or add source addresses: closed connections block their port for a minute.",
  source: "https://man7.org/linux/man-pages/man2/socket.2.html",
  trust: "recalled",
  refines: [],
  recognise: (exchanges) =>
    sighting(
      "certain",
      failedWith(exchanges, "file-limit").map(({ failure }) => `The system refused another socket (${failure.code}).`),
    ),
};
