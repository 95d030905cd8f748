import type { ListenOptions, Server } from "node:net";
import { isIPv4 } from "node:net";

export interface Stoppable {
  stop(): Promise<void>;
}

/** Something that holds one port of one address, or keeps it free of listeners. */
export interface Listener extends Stoppable {
  readonly port: number;
}

/** Opens it on a port, 0 for any. */
export type Open = (address: string, port: number) => Promise<Listener>;

/** The lab imitates services; nobody but this machine may reach it. */
export function assertLoopback(address: string): void {
  if (address !== "::1" && !(isIPv4(address) && address.startsWith("127.")))
    throw new RangeError(`the lab listens on loopback only, and ${address} is not a loopback address`);
}

/** Resolves with the port once the server listens; rejects when it cannot. */
export function listening(server: Server, options: ListenOptions & { readonly host: string }): Promise<number> {
  assertLoopback(options.host);
  return new Promise((done, fail) => {
    server.once("error", fail);
    server.listen({ exclusive: true, ...options }, () => {
      server.off("error", fail);
      const at = server.address();
      done(typeof at === "object" && at !== null ? at.port : 0);
    });
  });
}
