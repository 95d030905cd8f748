import { makeNamespace, removeNamespace, run } from "./namespaces.ts";

/** What stands between a client and the server, hop by hop, as data. Everything that is absent is healthy. */
export interface WaySpec {
  /** nftables rules for what the router forwards. */
  readonly forward?: string;
  /** nftables rules for what routers say themselves, such as ICMP. */
  readonly output?: string;
  /** Bytes a packet may have on the link between two routers, its ends having 1500. */
  readonly middleMtu?: number;
  /** Answers come back by another router than requests go by. */
  readonly asymmetric?: boolean;
  /** nftables rules for what the router of the way back forwards. */
  readonly back?: string;
  /** `name=value` in the router: `net/netfilter/nf_conntrack_tcp_timeout_established=3`. */
  readonly sysctl?: readonly string[];
  /** Arguments of `ip` in the client's namespace, after its default route was set. */
  readonly client?: readonly string[];
}

export interface Way {
  /** The client's namespace. */
  readonly client: string;
  readonly router: string;
  close(): void;
}

let ways = 0;

/** A client of its own, led to `server` by routers of its own. */
export function makeWay(server: string, spec: WaySpec): Way {
  const number = ++ways;
  const middle = spec.middleMtu === undefined ? ["router"] : ["router", "far"];
  const [client = "", ...routers] = ["client", ...middle].map(makeNamespace);
  const [router = ""] = routers;
  const spaces = [client, ...routers];
  const backs: string[] = [];
  try {
    const chain = [client, ...routers, server];
    const net = (hop: number): string => `10.${90 + hop}.${number}`;
    for (let hop = 0; hop + 1 < chain.length; hop++) {
      const [from = "", to = ""] = [chain[hop], chain[hop + 1]];
      link(from, to, `w${number}h${hop}`, net(hop), hop === 1 && spec.middleMtu !== undefined ? spec.middleMtu : 1500);
      run(["ip", "-n", from, "route", "add", "default", "via", `${net(hop)}.2`]);
      if (hop > 0) run(["ip", "-n", to, "route", "add", `${net(0)}.0/24`, "via", `${net(hop)}.1`]);
    }
    if (spec.asymmetric === true) {
      const back = makeNamespace("back");
      backs.push(back);
      link(client, back, `w${number}b0`, `10.96.${number}`, 1500);
      link(back, server, `w${number}b1`, `10.97.${number}`, 1500);
      run(["ip", "-n", back, "route", "add", `${net(0)}.0/24`, "via", `10.96.${number}.1`]);
      run(["ip", "-n", server, "route", "replace", `${net(0)}.0/24`, "via", `10.97.${number}.1`]);
      filter(back, spec.back ?? "", "");
    }
    for (const one of [...routers, ...backs]) set(one, "net/ipv4/ip_forward=1");
    for (const one of [...spaces, ...backs, server]) set(one, "net/ipv4/conf/all/rp_filter=0");
    for (const one of routers) filter(one, one === router ? (spec.forward ?? "") : "", spec.output ?? "");
    for (const setting of spec.sysctl ?? []) set(router, setting);
    for (const words of spec.client ?? []) run(["ip", "-n", client, ...words.split(" ")]);
  } catch (error) {
    for (const one of [...spaces, ...backs]) removeNamespace(one);
    throw error;
  }
  return {
    client,
    router,
    close() {
      for (const one of [...spaces, ...backs]) removeNamespace(one);
    },
  };
}

/** A veth pair, `.1` at its beginning and `.2` at its end. */
function link(from: string, to: string, name: string, net: string, mtu: number): void {
  const [near, far] = [`${name}a`, `${name}z`];
  run([
    "ip",
    "link",
    "add",
    near,
    "mtu",
    String(mtu),
    "netns",
    from,
    "type",
    "veth",
    "peer",
    "name",
    far,
    "mtu",
    String(mtu),
    "netns",
    to,
  ]);
  for (const [space, end, address] of [
    [from, near, `${net}.1/24`],
    [to, far, `${net}.2/24`],
  ] as const) {
    run(["ip", "-n", space, "address", "add", address, "dev", end]);
    run(["ip", "-n", space, "link", "set", end, "up"]);
  }
}

/** Replaces what a router drops and refuses. */
export function filter(space: string, forward: string, output: string): void {
  const rules = `table inet way {
  chain forward { type filter hook forward priority 0; policy accept;
${forward}
  }
  chain output { type filter hook output priority 0; policy accept;
${output}
  }
}
`;
  run(["ip", "netns", "exec", space, "nft", "-f", "-"], `table inet way\ndelete table inet way\n${rules}`);
}

export const set = (space: string, setting: string): void => {
  const [name = "", value = ""] = setting.split("=");
  run(["ip", "netns", "exec", space, "sh", "-c", `echo ${value} > /proc/sys/${name}`]);
};
