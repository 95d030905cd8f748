// How many answers would clients lose with a shorter deadline, and what do given-up requests do to the connections? Deadlines
// from a 64th of the target's timeout up to all of it in turn, each under a name of its own.
import { atTurn, deadlinesOf, iteration, send, workload } from "#k6/index.ts";

export const options = workload();

export default iteration(({ target, number }) => {
  const { request, timeoutMs } = atTurn(deadlinesOf(target, 7), number);
  send(target, request, { timeoutMs });
});
