import { type HostilePeer, http1Peers } from "./http1-peers.ts";
import { http2Peers } from "./http2-peers.ts";
import { tlsPeers } from "./tls-peers.ts";

export interface ListedPeer {
  /** As a target's name. */
  readonly id: string;
  readonly kind: "http" | "lattice" | "alb" | "api-gateway" | "lambda-endpoint";
  readonly speaks: "http" | "tls" | "h2";
  readonly peer: HostilePeer;
}

const list = (
  speaks: ListedPeer["speaks"],
  peers: readonly HostilePeer[],
  kind: ListedPeer["kind"] = "http",
): readonly ListedPeer[] =>
  peers.map((peer) => {
    const prefix = kind === "http" ? speaks : kind;
    return { id: `${prefix}-${peer.name.replaceAll(/[^A-Za-z0-9]+/g, "-")}`, kind, speaks, peer };
  });

/** What the dialects of AWS's kinds read closer than the status: texts; and a few of the others, by signed requests. */
const forAws = http1Peers.filter(({ name }) =>
  /markup|JSON|redirect to a file|body without end|silence|body cut short/.test(name),
);

export const everyPeer: readonly ListedPeer[] = [
  ...list("http", http1Peers),
  ...list("tls", tlsPeers),
  ...list("h2", http2Peers),
  ...list("http", forAws, "lattice"),
  ...list("http", forAws, "alb"),
  ...list("http", forAws, "api-gateway"),
  ...list("http", forAws, "lambda-endpoint"),
];

/** Whether it sends as fast as it can, without end. */
export const floods = ({ peer: { acts } }: ListedPeer): boolean =>
  acts.some((act) => act.kind === "for-ever" && act.everyMs === null);
