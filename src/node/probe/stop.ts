/** One place to learn that everything has to end: thousands of waits on one `AbortSignal`, one listener on it. */
export interface Stop {
  readonly stopped: boolean;
  stop(): void;
  /** Calls back once, when it stops; what is returned takes that back. */
  onStop(callback: () => void): () => void;
}

export function createStop(signal: AbortSignal): Stop {
  const callbacks = new Set<() => void>();
  let stopped = signal.aborted;
  const stop = (): void => {
    stopped = true;
    signal.removeEventListener("abort", stop);
    const waiting = [...callbacks];
    callbacks.clear();
    for (const callback of waiting) callback();
  };
  if (!stopped) signal.addEventListener("abort", stop);
  return {
    get stopped() {
      return stopped;
    },
    stop,
    onStop(callback) {
      callbacks.add(callback);
      return () => callbacks.delete(callback);
    },
  };
}
