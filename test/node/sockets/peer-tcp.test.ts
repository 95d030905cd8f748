import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { answerGapIn } from "#node/sockets/answer-gap.ts";
import { peerTcpIn, readPeerTcp } from "#node/sockets/peer-tcp.ts";
import { portOf } from "../../support/listen.ts";

const ends = { localPort: 41834, address: "10.92.1.2", remotePort: 8080 };

/** A row of /proc/net/tcp for these ends. */
const row = (queue: string, timer: string, sentAgain: string, peer = "02015C0A:1F90"): string =>
  `   0: 01015A0A:A36A ${peer} 01 ${queue}:00000000 ${timer}:00000015 ${sentAgain}     0        0 28110 2 0000000000000000 20 4 30 10 -1`;

describe("what the kernel's table says of a peer", () => {
  test.each([
    ["acknowledged", row("00000000", "00", "00000000")],
    ["unacknowledged", row("0000AF58", "01", "00000003")],
    ["window-closed", row("0000AF58", "04", "00000002")],
    ["taking", row("0000AF58", "01", "00000000")],
    [null, row("0000AF58", "00", "00000000")],
    [null, row("00000000", "00", "00000000", "02015C0A:1F91")],
    [null, ""],
  ])("%s", (said, table) => {
    expect(peerTcpIn(`  sl  local_address rem_address   st …\n${table}\n`, ends)).toBe(said);
  });

  test("two connections from one port are told apart by address", () => {
    const table = `${row("00000000", "00", "00000000")}\n${row("0000AF58", "01", "00000003", "03015C0A:1F90")}\n`;
    expect(peerTcpIn(table, ends)).toBe("acknowledged");
    expect(peerTcpIn(table, { ...ends, address: "10.92.1.3" })).toBe("unacknowledged");
  });

  test.each([
    [true, "skmem:(r1384,rb131072,t0) cubic data_segs_in:1 rcv_ooopack:1 snd_wnd:65536"],
    [false, "skmem:(r0,rb131072,t0) cubic data_segs_in:1 rcv_ooopack:1 snd_wnd:65536"],
    [false, "skmem:(r1384,rb131072,t0) cubic data_segs_in:1 snd_wnd:65536"],
  ])("a gap in the answer: %s", (gap, tcp) => {
    const line = `ESTAB 0      0          10.90.1.1:41834   10.92.1.2:8080\t ${tcp}\n`;
    expect(answerGapIn(`ESTAB 0 0 10.90.1.1:22 10.9.9.9:4040\t skmem:(r0,rb1)\n${line}`, ends)).toBe(gap);
    expect(answerGapIn(line, { ...ends, localPort: 1834 })).toBe(false);
  });
});

describe.skipIf(process.platform !== "linux")("of a real connection", () => {
  /** A connection to a server that never answers, and reads or does not. */
  async function connected(address: string, reads: boolean): Promise<Socket> {
    const open = new Set<Socket>();
    const server = createServer({ pauseOnConnect: true }, (socket) => {
      open.add(socket);
      if (reads) socket.resume();
    });
    await new Promise<void>((resolve) => server.listen(0, address, resolve));
    const socket = connect(portOf(server), address);
    await once(socket, "connect");
    onTestFinished(() => {
      for (const one of [socket, ...open]) one.destroy();
      server.close();
    });
    return socket;
  }

  const read = ({ localPort = 0, remoteAddress = "", remotePort = 0 }: Socket) =>
    readPeerTcp({ localPort, address: remoteAddress, remotePort });

  test.each(["127.0.0.1", "::1"])("one that has what was sent, at %s", async (address) => {
    const socket = await connected(address, true);
    socket.write("hello");
    await expect.poll(() => read(socket)).toBe("acknowledged");
  });

  test("one that takes no more", async () => {
    const socket = await connected("127.0.0.1", false);
    socket.write(Buffer.alloc(32 * 1024 * 1024));
    await expect.poll(() => read(socket), { timeout: 10_000 }).toBe("window-closed");
  });
});
