import type { Action, Listener } from "./lattice-rules.ts";
import { latticeTargetGroup } from "./names.ts";

const to = (id: string): Action => ({
  kind: "forward",
  groups: [{ targetGroup: latticeTargetGroup(id), weight: 100 }],
});

const orders = "tg-00de250000000001";
const canary = "tg-0ca4a20000000004";
const archive = "tg-0a4c41e000000005";

/** Behind it is no echo function. */
export const archiveGroup = latticeTargetGroup(archive);

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
    {
      priority: 50,
      method: null,
      path: { match: "prefix", value: "/archive", caseSensitive: false },
      headers: [],
      action: to(archive),
    },
  ],
  defaultAction: to(orders),
};

const misrouted = (action: Action): Action => (action.kind === "forward" ? to(archive) : action);

/** The same after a slip: whatever was forwarded anywhere now goes to the archive. */
export const archivingListener: Listener = {
  rules: ordersListener.rules.map((rule) => ({ ...rule, action: misrouted(rule.action) })),
  defaultAction: misrouted(ordersListener.defaultAction),
};
