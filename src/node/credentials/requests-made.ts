import { AsyncLocalStorage } from "node:async_hooks";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { ClientRequest } from "node:http";

export interface RequestsMade<T> {
  readonly result: Promise<T>;
  /** Ends every request that is still under way, and every further one as it begins. */
  abandon(): void;
}

const channel = "http.client.request.start";

/**
 * Runs work of others that makes HTTP requests and offers no way to end them: left alone, a peer that never answers would
 * keep the process from ending long after nobody waits for the result.
 */
export function watchRequests<T>(work: () => Promise<T>): RequestsMade<T> {
  const mine = new AsyncLocalStorage<true>();
  const requests = new Set<ClientRequest>();
  let abandoned = false;
  const onStart = (message: unknown): void => {
    const request = requestIn(message);
    if (request === null || mine.getStore() !== true) return;
    if (abandoned) request.destroy();
    requests.add(request);
    request.once("close", () => requests.delete(request));
  };
  subscribe(channel, onStart);
  const result = mine.run(true, work).finally(() => unsubscribe(channel, onStart));
  return {
    result,
    abandon() {
      abandoned = true;
      for (const request of requests) request.destroy();
    },
  };
}

const requestIn = (message: unknown): ClientRequest | null =>
  typeof message === "object" && message !== null && "request" in message && message.request instanceof ClientRequest
    ? message.request
    : null;
