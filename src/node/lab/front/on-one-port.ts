import { LabProblem } from "../lab-problem.ts";
import { assertLoopback, type Listener, type Open } from "./listener.ts";

const attemptsMax = 20;

/**
 * Opens a listener on every address, all on the same port: the first takes any, the others must follow. Where one of them
 * finds it taken, all are closed and another port is tried.
 */
export async function onOnePort(addresses: readonly string[], open: Open): Promise<Listener> {
  addresses.forEach(assertLoopback);
  for (let attempt = 1; attempt <= attemptsMax; attempt += 1) {
    const opened: Listener[] = [];
    try {
      for (const address of addresses) opened.push(await open(address, opened[0]?.port ?? 0));
      return { port: opened[0]?.port ?? 0, stop: () => stopAll(opened) };
    } catch (error) {
      await stopAll(opened);
      if (codeOf(error) !== "EADDRINUSE") throw explain(error, addresses);
    }
  }
  const where = addresses.join(", ");
  throw new LabProblem(`found no port that is free on all of ${where} in ${attemptsMax} attempts`);
}

const stopAll = async (listeners: readonly Listener[]): Promise<void> => {
  await Promise.all(listeners.map(({ stop }) => stop()));
};

const codeOf = (error: unknown): string => (error instanceof Error && "code" in error ? String(error.code) : "");

function explain(error: unknown, addresses: readonly string[]): unknown {
  if (codeOf(error) !== "EADDRNOTAVAIL") return error;
  // Linux owns all of 127.0.0.0/8; macOS only 127.0.0.1 until told otherwise.
  const commands = addresses.map((address) => `sudo ifconfig lo0 alias ${address}`).join(" && ");
  return new LabProblem(
    `the lab cannot listen on ${addresses.join(", ")}: this machine does not have these loopback addresses; add them with: ${commands}`,
  );
}
