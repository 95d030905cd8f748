// What do the paths give to clients that sign? As `steady`, with every request signed: a target for which the config names
// no service to sign for cannot take part.
import { atTurn, iteration, send, targets, workload } from "#k6/index.ts";

const open = targets.filter(({ signing }) => signing === null).map(({ id }) => id);
if (open.length > 0) throw new Error(`steady-signed signs every request; give auth: iam to ${open.join(", ")}`);

export const options = workload();

export default iteration(({ target, number }) => {
  send(target, atTurn(target.requests, number), { auth: "iam" });
});
