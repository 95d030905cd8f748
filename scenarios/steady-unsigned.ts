// What does a path give to clients that do not sign? As `steady`, without a signature: where the target is open, the
// baseline that signed load is compared with; where it wants signatures, how fast and how surely it refuses.
import { atTurn, iteration, send, unsignedOf, workload } from "#k6/index.ts";

export const options = workload();

export default iteration(({ target, number }) => {
  send(target, atTurn(unsignedOf(target), number), { auth: "none" });
});
