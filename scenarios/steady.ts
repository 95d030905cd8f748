// Does each path keep its latency, its connections and its word while it is asked at a steady rate? Every target gets all
// of the rate (or all of the connections); its requests are sent in turn, signed where it says so.
import { atTurn, iteration, send, workload } from "#k6/index.ts";

export const options = workload();

export default iteration(({ target, number }) => {
  send(target, atTurn(target.requests, number));
});
