import { readFile } from "node:fs/promises";
import { isIPv4 } from "node:net";
import type { PeerTcp } from "#core/observations/failure.ts";
import { hasAnswerGap } from "./answer-gap.ts";

/** One connection of this machine, by its ends. */
export interface Ends {
  readonly localPort: number;
  /** Of the peer. */
  readonly address: string;
  readonly remotePort: number;
}

const tables = { v4: "/proc/net/tcp", v6: "/proc/net/tcp6" } as const;
const underWay = new Map<string, Promise<string>>();

/**
 * What the kernel knows of the peer's TCP on a connection where no answer came; null where it does not tell. Only Linux
 * does without a system call that Node lacks.
 *
 * @see https://docs.kernel.org/networking/proc_net_tcp.html
 */
export async function readPeerTcp(ends: Ends): Promise<PeerTcp | null> {
  const table = await readOnce(isIPv4(ends.address) ? tables.v4 : tables.v6);
  const peerTcp = peerTcpIn(table, ends);
  return peerTcp === "acknowledged" && (await hasAnswerGap(ends)) ? "answer-gap" : peerTcp;
}

/** Many wait for the same deadline: whoever asks while the table is being read is given the same one. */
function readOnce(file: string): Promise<string> {
  const reading = underWay.get(file) ?? readFile(file, "latin1").catch(() => "");
  underWay.set(file, reading);
  void reading.finally(() => underWay.delete(file));
  return reading;
}

/** A row has the ends, state, bytes not acknowledged and not read, the timer that runs, and how often was sent again, all hexadecimal. */
const row =
  /^ *\d+: [0-9A-F]+:([0-9A-F]{4}) ([0-9A-F]+):([0-9A-F]{4}) [0-9A-F]{2} ([0-9A-F]{8}):[0-9A-F]{8} ([0-9A-F]{2}):[0-9A-F]+ ([0-9A-F]{8})/gm;

const timers = { retransmit: "01", zeroWindow: "04" } as const;

/** @param table as Linux writes `/proc/net/tcp` */
export function peerTcpIn(table: string, { localPort, address, remotePort }: Ends): PeerTcp | null {
  const ofPorts = [...table.matchAll(row)].filter(
    ([, local = "", , remote = ""]) =>
      Number.parseInt(local, 16) === localPort && Number.parseInt(remote, 16) === remotePort,
  );
  const found = ofPorts.length === 1 ? ofPorts : ofPorts.filter(([, , peer]) => peer === asInTable(address));
  const [one, another] = found;
  if (one === undefined || another !== undefined) return null;
  const [, , , , unacknowledged = "", timer = "", sentAgain = ""] = one;
  if (Number.parseInt(unacknowledged, 16) === 0) return "acknowledged";
  if (timer === timers.zeroWindow) return "window-closed";
  if (timer !== timers.retransmit) return null;
  // What is on its way for the first time may still be acknowledged.
  return Number.parseInt(sentAgain, 16) > 0 ? "unacknowledged" : "taking";
}

/** An IPv4 address as a number in the machine's own byte order: little-endian wherever Node runs on Linux today. */
const asInTable = (address: string): string =>
  address
    .split(".")
    .reverse()
    .map((byte) => Number(byte).toString(16).padStart(2, "0"))
    .join("")
    .toUpperCase();
