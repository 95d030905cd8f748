import { createServer } from "node:net";
import { type Listener, listening } from "./listener.ts";

/** A port where nobody listens: taken once, to be sure that it is free, and given up again. */
export async function openRefused(address: string, port: number): Promise<Listener> {
  const server = createServer();
  const free = await listening(server, { host: address, port });
  await new Promise<void>((done) => server.close(() => done()));
  return { port: free, stop: async () => {} };
}
