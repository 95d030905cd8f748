/**
 * A timer for deadlines: what has arrived by then is read before it ends anything, since a loop that was busy elsewhere must
 * not call a prompt peer slow. (Timers run before sockets are read; an immediate runs after.)
 *
 * @returns what calls it off
 */
export function startDeadline(afterMs: number, onEnd: () => void): () => void {
  let immediate: NodeJS.Immediate | undefined;
  const timer = setTimeout(() => {
    immediate = setImmediate(onEnd);
  }, afterMs);
  return () => {
    clearTimeout(timer);
    clearImmediate(immediate);
  };
}
