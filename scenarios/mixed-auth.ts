// Are strangers still refused, and clients still served, when both come at once? Signed and unsigned requests in turn on the
// same connections: an answer to an unsigned one fails, and so does a refusal of a signed one.
import { atTurn, iteration, send, unsignedOf, workload } from "#k6/index.ts";

export const options = workload();

export default iteration(({ target, number }) => {
  const signs = target.auth === "iam" && number % 2 === 0;
  const requests = signs ? target.requests : unsignedOf(target);
  send(target, atTurn(requests, number >> 1), { auth: signs ? "iam" : "none" });
});
