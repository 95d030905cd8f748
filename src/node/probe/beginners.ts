import pLimit from "p-limit";

/**
 * Lets many wait at a time, but few begin: what has just begun shakes hands, signs and hashes, and a burst of that would be
 * measured as slowness of the peer; what has been under way for `youngMs` mostly waits, and makes room for the next.
 */
export function createBeginners(atATime: number, youngMs: number): <T>(run: () => Promise<T>) => Promise<T> {
  const limit = pLimit(atATime);
  return (run) =>
    new Promise((resolve, reject) => {
      void limit(async () => {
        const work = run();
        work.then(resolve, reject);
        await settledOrOld(work, youngMs);
      });
    });
}

function settledOrOld(work: Promise<unknown>, youngMs: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, youngMs);
    const settle = (): void => {
      clearTimeout(timer);
      resolve();
    };
    work.then(settle, settle);
  });
}
