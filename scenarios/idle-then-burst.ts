// What does the first request after a pause cost, and is it lost? Each connection sends a burst, rests, and sends again. The
// rest is a quarter of the duration, at most 61 s, just longer than the minute many front ends wait; -e PATHPROOF_IDLE_MS=…
// says otherwise. k6 probes idle TCP connections every 30 s, so it cannot show what closes silent ones: see `keepalive`.
import { play } from "#k6/index.ts";

const { options, iterate } = play("idle-then-burst");

export { options };
export default iterate;
