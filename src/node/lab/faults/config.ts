import type { Fault } from "../fault.ts";
import { beforeFunctions } from "./kinds.ts";

/** What is wrong with nothing on the wire, but with what was agreed on. */
export const configFaults: readonly Fault[] = [
  {
    name: "timeouts-inverted",
    title: "Callers give up before what they wait for",
    kinds: beforeFunctions,
    auth: null,
    cause: "timeouts-inverted",
    effects: { config: "timeouts-inverted" },
  },
];
