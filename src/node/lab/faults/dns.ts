import type { Fault } from "../fault.ts";
import { everyKind, severalZones } from "./kinds.ts";

export const dnsFaults: readonly Fault[] = [
  {
    name: "dns-name-not-found",
    title: "The name does not exist",
    kinds: everyKind,
    auth: null,
    cause: "dns-name-not-found",
    effects: { dns: "nxdomain" },
  },
  {
    name: "dns-resolver-unreachable",
    title: "The resolver does not answer for the name",
    kinds: everyKind,
    auth: null,
    cause: "dns-resolver-unreachable",
    effects: { dns: "silent" },
  },
  {
    name: "dns-public-address",
    title: "The name leads to a public address",
    kinds: everyKind,
    auth: null,
    cause: "dns-public-address",
    effects: { dns: "public" },
  },
  {
    name: "dns-one-zone-only",
    title: "The name leads to one zone only",
    kinds: severalZones,
    auth: null,
    cause: "dns-one-zone-only",
    effects: { dns: "one-zone" },
  },
];
