import type { WaySpec } from "./way.ts";

/** Something wrong between a client and a healthy lab, and the cause that `check` must name first. */
export interface NetworkFault {
  readonly name: string;
  /** A target of the lab. */
  readonly target: string;
  /** A code of the catalogue. */
  readonly cause: string;
  readonly way: WaySpec;
  /** Ask a resolver across the network, instead of pinning addresses. */
  readonly byName?: boolean;
}

const zones = "ip daddr { 10.77.0.0/16, 169.254.171.0/24 }";
const oneZone = "ip daddr 10.77.2.0/24";
/** A SYN without an ACK: the first packet of a connection. */
const syn = "tcp flags & (syn | ack) == syn";
/** The content type of a TLS record that is a handshake's, the first byte of a connection's data. */
const greeting = "tcp flags & psh == psh @ih,0,8 0x16";
/** Data of the client, of whatever kind. */
const request = "tcp flags & psh == psh";
const noFragNeeded = "icmp type destination-unreachable drop";

/** Where a stateful firewall stands that sees one direction only. */
const halfSeen = "ct state invalid drop";

export const networkFaults: readonly NetworkFault[] = [
  // What a security group or network ACL does.
  { name: "SYN dropped", target: "orders-alb", cause: "tcp-timeout", way: { forward: `${syn} drop` } },
  {
    name: "SYN dropped, interface endpoint",
    target: "orders-direct",
    cause: "tcp-timeout",
    way: { forward: `${syn} drop` },
  },
  {
    name: "SYN dropped, link-local Lattice address",
    target: "orders-lattice",
    cause: "lattice-not-associated",
    way: { forward: `${syn} drop` },
  },
  // What a network ACL does that lacks the return ports.
  {
    name: "SYN-ACK dropped",
    target: "orders-api",
    cause: "tcp-timeout",
    way: { forward: "tcp flags & (syn | ack) == syn | ack drop" },
  },
  // What firewalls on the premises do.
  {
    name: "reject with RST",
    target: "orders-alb",
    cause: "tcp-refused",
    way: { forward: `${zones} reject with tcp reset` },
  },
  {
    name: "reject with ICMP port unreachable",
    target: "orders-alb",
    cause: "tcp-refused",
    way: { forward: `${zones} reject with icmp port-unreachable` },
  },
  {
    name: "reject with ICMP administratively prohibited",
    target: "orders-alb",
    cause: "tcp-unreachable",
    way: { forward: `${zones} reject with icmp admin-prohibited` },
  },
  {
    name: "reject with ICMP network unreachable",
    target: "plain",
    cause: "tcp-unreachable",
    way: { forward: `${zones} reject with icmp net-unreachable` },
  },
  {
    name: "reject with ICMP host unreachable",
    target: "orders-direct",
    cause: "tcp-unreachable",
    way: { forward: `${zones} reject with icmp host-unreachable` },
  },
  // What a client's own routes do.
  { name: "no route", target: "plain", cause: "tcp-unreachable", way: { client: ["route del default"] } },
  {
    name: "prohibited route",
    target: "orders-alb",
    cause: "tcp-unreachable",
    way: { client: ["route add prohibit 10.77.0.0/16"] },
  },
  {
    name: "black hole route",
    target: "orders-alb",
    cause: "tcp-unreachable",
    way: { client: ["route add blackhole 10.77.0.0/16"] },
  },
  {
    name: "no route to link-local Lattice addresses",
    target: "orders-lattice",
    cause: "lattice-not-associated",
    way: { client: ["route add unreachable 169.254.171.0/24"] },
  },
  // What inspecting firewalls do.
  {
    name: "RST injected at the TLS greeting",
    target: "orders-alb",
    cause: "tls-handshake-reset",
    way: { forward: `${greeting} reject with tcp reset` },
  },
  {
    name: "RST injected at the request",
    target: "plain",
    cause: "tcp-reset",
    way: { forward: `${request} reject with tcp reset` },
  },
  {
    name: "TLS greeting dropped",
    target: "orders-alb",
    cause: "tcp-data-dropped",
    way: { forward: `${greeting} drop` },
  },
  // Two ways, a stateful firewall on one of them.
  {
    name: "asymmetric return path, firewall on the way there",
    target: "orders-alb",
    cause: "tcp-data-dropped",
    way: { asymmetric: true, forward: halfSeen },
  },
  {
    name: "asymmetric return path, plain HTTP",
    target: "plain",
    cause: "tcp-data-dropped",
    way: { asymmetric: true, forward: halfSeen },
  },
  {
    name: "asymmetric return path, firewall on the way back",
    target: "orders-alb",
    cause: "tcp-timeout",
    way: { asymmetric: true, back: "ct state invalid drop\nct state new drop" },
  },
  // One Availability Zone.
  { name: "one zone dead, drops", target: "orders-alb", cause: "one-zone-down", way: { forward: `${oneZone} drop` } },
  {
    name: "one zone dead, rejects",
    target: "orders-direct",
    cause: "one-zone-down",
    way: { forward: `${oneZone} reject with tcp reset` },
  },
  {
    name: "one zone dead, ICMP",
    target: "orders-api",
    cause: "one-zone-down",
    way: { forward: `${oneZone} reject with icmp host-unreachable` },
  },
  {
    name: "one zone dead, data dropped",
    target: "orders-alb",
    cause: "one-zone-down",
    way: { forward: `${oneZone} ${greeting} drop` },
  },
  // A link of 1400 bytes between two of 1500, and no word of it.
  {
    name: "MTU black hole",
    target: "orders-alb",
    cause: "path-mtu-black-hole",
    way: { middleMtu: 1400, output: noFragNeeded },
  },
  {
    name: "MTU black hole, signed",
    target: "orders-lattice",
    cause: "path-mtu-black-hole",
    way: { middleMtu: 1400, output: noFragNeeded },
  },
  {
    name: "MTU black hole of a GRE tunnel, plain HTTP",
    target: "orders-lattice-http",
    cause: "path-mtu-black-hole",
    way: { middleMtu: 1476, output: noFragNeeded },
  },
  // A link that lets so much through and drops the rest: packets are lost, and yet those of full size pass.
  {
    name: "policed to 20 KB/s",
    target: "orders-alb",
    cause: "request-not-taken",
    way: { forward: "ip daddr 10.77.0.0/16 limit rate over 20 kbytes/second burst 20 kbytes drop" },
  },
  // The resolver.
  {
    name: "resolver silent",
    target: "orders-alb",
    byName: true,
    cause: "dns-resolver-unreachable",
    way: { forward: "meta l4proto { tcp, udp } th dport 53 drop" },
  },
  {
    name: "resolver rejected",
    target: "orders-alb",
    byName: true,
    cause: "dns-resolver-unreachable",
    way: { forward: "meta l4proto { tcp, udp } th dport 53 reject with icmp port-unreachable" },
  },
];

/** What is no fault, however unpleasant: nothing may be named. */
export const healthyNetworks: readonly Omit<NetworkFault, "cause">[] = [
  { name: "healthy, by name", target: "orders-alb", byName: true, way: {} },
  { name: "healthy, signed", target: "orders-lattice", way: {} },
  { name: "healthy, smaller MTU that is told of", target: "orders-direct", way: { middleMtu: 1400 } },
  { name: "healthy, two ways without a firewall", target: "orders-alb", way: { asymmetric: true } },
  { name: "1 % of all packets lost", target: "orders-alb", way: { forward: "numgen random mod 100 < 1 drop" } },
  {
    name: "1 % of all packets lost, signed",
    target: "orders-lattice",
    way: { forward: "numgen random mod 100 < 1 drop" },
  },
];
