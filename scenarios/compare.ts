// Which path is faster, and by how much? Targets take turns in blocks, each with all of the rate: what `pathproof compare
// --engine k6` runs. Under `pathproof run` it is the same as steady.ts.
import { atTurn, iteration, send, workload } from "#k6/index.ts";

export const options = workload();

export default iteration(({ target, number }) => {
  send(target, atTurn(target.requests, number));
});
