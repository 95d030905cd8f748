// What goes wrong only in the long run: leaks, ended sessions, front ends that scale or move? A steady rate for hours, on
// connections of which each is closed after some minutes, so that new addresses and new nodes get their share. The config's
// own connection lifetime comes first.
import { atTurn, iteration, plan, send, workload } from "#k6/index.ts";

const ageMsMax = Math.min(5 * 60_000, plan.durationMs / 4);
const born = new Map<string, number>();

export const options = workload();

export default iteration(({ target, number }) => {
  const now = Date.now();
  const since = born.get(target.id) ?? now - Math.random() * ageMsMax;
  const close = target.connection.ageMsMax === null && now - since > ageMsMax;
  born.set(target.id, close ? now : since);
  send(target, atTurn(target.requests, number), { close });
});
