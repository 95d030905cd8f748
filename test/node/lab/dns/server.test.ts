import { createSocket } from "node:dgram";
import { Resolver } from "node:dns/promises";
import { once } from "node:events";
import { connect } from "node:net";
import { decode, encode, type Packet } from "dns-packet";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type DnsServer, startDns } from "#node/lab/dns/server.ts";
import { createZone, publicAddress } from "#node/lab/dns/zone.ts";

const addresses = ["127.92.1.1", "127.92.2.1"];
const zone = createZone([
  { name: "good.example.internal", addresses, effect: null },
  { name: "gone.example.internal", addresses, effect: "nxdomain" },
  { name: "silent.example.internal", addresses, effect: "silent" },
  { name: "public.example.internal", addresses, effect: "public" },
  { name: "single.example.internal", addresses, effect: "one-zone" },
]);

let dns: DnsServer;
let resolver: Resolver;
beforeAll(async () => {
  dns = await startDns(zone);
  resolver = new Resolver({ timeout: 500, tries: 1 });
  resolver.setServers([dns.server]);
});
afterAll(() => dns.stop());

const portOf = ({ server }: DnsServer): number => Number(server.split(":")[1]);

describe("the lab's DNS", () => {
  test("answers all addresses of a name, the first one taking turns", async () => {
    const first = await resolver.resolve4("good.example.internal");
    const second = await resolver.resolve4("GOOD.example.internal");
    expect([...first].sort()).toEqual(addresses);
    expect(second).toEqual([...first].reverse());
  });

  test("has no IPv6 address for a name it knows: no data, not NXDOMAIN", () =>
    expect(resolver.resolve6("good.example.internal")).rejects.toMatchObject({ code: "ENODATA" }));

  test("says NXDOMAIN for names it does not know", () =>
    expect(resolver.resolve4("www.example.com")).rejects.toMatchObject({ code: "ENOTFOUND" }));

  test("says NXDOMAIN for a name under that fault", () =>
    expect(resolver.resolve4("gone.example.internal")).rejects.toMatchObject({ code: "ENOTFOUND" }));

  test("does not answer for a silent name, by UDP nor TCP, while others are answered", async () => {
    const asked = resolver.resolve4("silent.example.internal");
    await expect(asked).rejects.toMatchObject({ code: "ETIMEOUT" });
    expect(await resolver.resolve4("good.example.internal")).toHaveLength(2);
  });

  test("leads to a public address, or to one zone only, under those faults", async () => {
    expect(await resolver.resolve4("public.example.internal")).toEqual([publicAddress]);
    expect(await resolver.resolve4("single.example.internal")).toEqual(["127.92.1.1"]);
    expect(await resolver.resolve4("single.example.internal")).toEqual(["127.92.1.1"]);
  });

  test("answers by TCP, also when a query arrives in pieces and two arrive at once", async () => {
    const query = (id: number): Buffer => {
      const bytes = encode({ type: "query", id, questions: [{ type: "A", name: "good.example.internal" }] });
      const length = Buffer.alloc(2);
      length.writeUInt16BE(bytes.length);
      return Buffer.concat([length, bytes]);
    };
    const socket = connect({ host: "127.0.0.1", port: portOf(dns) });
    const both = Buffer.concat([query(1), query(2)]);
    socket.write(both.subarray(0, 5));
    await new Promise((done) => setTimeout(done, 50));
    socket.write(both.subarray(5));
    let got = Buffer.alloc(0);
    const ids: (number | undefined)[] = [];
    while (ids.length < 2) {
      const [chunk] = await once(socket, "data", { signal: AbortSignal.timeout(3000) });
      got = Buffer.concat([got, chunk]);
      while (got.length >= 2 && got.length >= 2 + got.readUInt16BE(0)) {
        const answer: Packet = decode(got.subarray(2, 2 + got.readUInt16BE(0)));
        expect(answer.answers).toHaveLength(2);
        ids.push(answer.id);
        got = got.subarray(2 + got.readUInt16BE(0));
      }
    }
    expect(ids).toEqual([1, 2]);
    socket.destroy();
  });

  test("survives what is not DNS", async () => {
    const socket = createSocket("udp4");
    for (const bytes of [Buffer.alloc(0), Buffer.from("hello"), Buffer.alloc(600, 0xff)])
      await new Promise((done) => socket.send(bytes, portOf(dns), "127.0.0.1", done));
    socket.close();
    expect(await resolver.resolve4("good.example.internal")).toHaveLength(2);
  });

  test("frees its port when stopped", async () => {
    const own = await startDns(zone);
    await own.stop();
    const socket = createSocket("udp4");
    await new Promise<void>((done, fail) => {
      socket.once("error", fail);
      socket.bind({ port: portOf(own), address: "127.0.0.1", exclusive: true }, done);
    });
    socket.close();
  });
});
