// Up to which rate does a path keep its latency? Ten steps up to the whole rate (or all of the connections), each a tenth of
// the duration: in the report's rows per second, the step at which latency leaves its line is the limit.
import { atTurn, iteration, send, staircase, workload } from "#k6/index.ts";

export const options = workload(staircase);

export default iteration(({ target, number }) => {
  send(target, atTurn(target.requests, number));
}, staircase);
