import { createServer, type Server } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { type Listener, listening, type Open } from "#node/lab/front/listener.ts";
import { onOnePort } from "#node/lab/front/on-one-port.ts";

const stop = (server: Server): Promise<void> => new Promise((done) => server.close(() => done()));

const open: Open = async (address, port): Promise<Listener> => {
  const server = createServer();
  return { port: await listening(server, { host: address, port }), stop: () => stop(server) };
};

async function occupy(address: string): Promise<number> {
  const server = createServer();
  onTestFinished(() => stop(server));
  return listening(server, { host: address, port: 0 });
}

test("another port is tried, and the first one given up, where one of the addresses has it taken", async () => {
  const taken = await occupy("127.93.2.1");
  const asked: string[] = [];
  const listener = await onOnePort(["127.93.1.1", "127.93.2.1"], (address, port) => {
    const first = asked.push(`${address}:${port}`) === 1;
    return open(address, first ? taken : port);
  });
  onTestFinished(() => listener.stop());
  expect(asked.slice(0, 3)).toEqual(["127.93.1.1:0", `127.93.2.1:${taken}`, "127.93.1.1:0"]);
  expect(listener.port).not.toBe(taken);
  const again = await open("127.93.1.1", taken);
  await again.stop();
});

test("only loopback addresses are listened on", async () => {
  for (const address of ["0.0.0.0", "::", "10.0.0.1", "localhost", "127.example.com"])
    await expect(onOnePort([address], open)).rejects.toThrow(`${address} is not a loopback address`);
});

test("a loopback address that the machine lacks is named together with the command that adds it", async () => {
  const lacking: Open = () => Promise.reject(Object.assign(new Error("bind"), { code: "EADDRNOTAVAIL" }));
  await expect(onOnePort(["127.77.1.10", "127.77.2.10"], lacking)).rejects.toThrow(
    /127\.77\.1\.10, 127\.77\.2\.10: .*sudo ifconfig lo0 alias 127\.77\.1\.10 && sudo ifconfig lo0 alias 127\.77\.2\.10$/,
  );
});
