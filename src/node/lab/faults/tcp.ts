import type { Fault } from "../fault.ts";
import { allButLattice, everyKind, severalZones } from "./kinds.ts";

export const tcpFaults: readonly Fault[] = [
  {
    name: "tcp-timeout",
    title: "SYNs get no answer",
    kinds: allButLattice,
    auth: null,
    cause: "tcp-timeout",
    effects: { tcp: "drop" },
  },
  {
    name: "lattice-not-associated",
    title: "SYNs get no answer: the VPC is not associated with the service network",
    kinds: ["lattice"],
    auth: null,
    cause: "lattice-not-associated",
    effects: { tcp: "drop" },
  },
  {
    name: "tcp-refused",
    title: "Nothing listens on the port",
    kinds: everyKind,
    auth: null,
    cause: "tcp-refused",
    effects: { tcp: "refuse" },
  },
  {
    name: "tcp-reset",
    title: "Connections are reset as soon as they are open",
    kinds: everyKind,
    auth: null,
    cause: "tcp-reset",
    effects: { tcp: "reset" },
  },
  {
    name: "one-zone-down-refuses",
    title: "One zone refuses connections",
    kinds: severalZones,
    auth: null,
    cause: "one-zone-down",
    effects: { tcp: "one-zone-refuses" },
  },
  {
    name: "one-zone-down-drops",
    title: "One zone does not answer SYNs",
    kinds: severalZones,
    auth: null,
    cause: "one-zone-down",
    effects: { tcp: "one-zone-drops" },
  },
];
