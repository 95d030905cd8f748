/** Longer than to read all that there is takes, unless somebody floods. */
const turnMs = 5;

/** A socket, or a stream of HTTP/2. */
export interface Readable {
  pause(): unknown;
  resume(): unknown;
}

/**
 * Lets no peer keep the loop from its deadlines and from the others. Node reads a socket up to 32 times before it turns to the
 * next; where a turn of the loop has already read for long, whoever has more to say is heard on in the next one.
 *
 * @returns to be called whenever a chunk was read, after which more may come
 */
export function createFairReading(): (from: Readable) => void {
  let beganAt: number | null = null;
  const waiting = new Set<Readable>();

  const nextTurn = (): void => {
    beganAt = null;
    for (const one of waiting) one.resume();
    waiting.clear();
  };

  return (from) => {
    if (beganAt === null) {
      beganAt = performance.now();
      setImmediate(nextTurn);
    } else if (performance.now() - beganAt > turnMs) {
      from.pause();
      waiting.add(from);
    }
  };
}
