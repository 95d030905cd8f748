import type { Action, Listener } from "./lattice-rules.ts";
import { latticeTargetGroup } from "./names.ts";

const to = (id: string): Action => ({
  kind: "forward",
  groups: [{ targetGroup: latticeTargetGroup(id), weight: 100 }],
});

const orders = "tg-00de250000000001";
const canary = "tg-0ca4a20000000004";

/** The listener of the lab's Lattice services: routing by path, method and header, a fixed response and a weighted pair. */
export const ordersListener: Listener = {
  rules: [
    {
      priority: 10,
      method: "POST",
      path: { match: "exact", value: "/orders", caseSensitive: true },
      headers: [],
      action: to("tg-0c2ea7e0000000002"),
    },
    {
      priority: 20,
      method: null,
      path: { match: "prefix", value: "/orders", caseSensitive: false },
      headers: [{ name: "x-release", match: "exact", value: "beta", caseSensitive: false }],
      action: to("tg-0be7a00000000003"),
    },
    {
      priority: 30,
      method: null,
      path: { match: "exact", value: "/retired", caseSensitive: false },
      headers: [],
      action: { kind: "fixed", status: 404 },
    },
    {
      priority: 40,
      method: null,
      path: { match: "prefix", value: "/weighted", caseSensitive: false },
      headers: [],
      action: {
        kind: "forward",
        groups: [
          { targetGroup: latticeTargetGroup(orders), weight: 9 },
          { targetGroup: latticeTargetGroup(canary), weight: 1 },
        ],
      },
    },
  ],
  defaultAction: to(orders),
};

/** The same with its rules lost: everything goes to the default. */
export const ruleless: Listener = { ...ordersListener, rules: [] };
