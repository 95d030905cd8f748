// What does the first request after a pause cost, and is it lost? Each connection sends a burst, rests, and sends again. The
// rest is a quarter of the duration, at most 61 s, just longer than the minute many front ends wait; -e PATHPROOF_IDLE_MS=…
// says otherwise. k6 probes idle TCP connections every 30 s, so it cannot show what closes silent ones: see `keepalive`.
import { atTurn, connectionsOnly, iteration, plan, refreshing, rest, send } from "#k6/index.ts";

const idleMs = Number(__ENV["PATHPROOF_IDLE_MS"] ?? Math.min(61_000, plan.durationMs / 4));
const burst = 5;

export const options = connectionsOnly();

export default iteration(async (turn) => {
  rest(turn, Math.random() * Math.min(1000, idleMs));
  await refreshing();
  for (let count = 0; count < burst; count += 1) send(turn.target, atTurn(turn.target.requests, count));
  rest(turn, idleMs);
});
