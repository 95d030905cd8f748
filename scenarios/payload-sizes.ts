// What does a byte cost on each path, and from which size on does it hurt? Bodies from 1 KiB to 256 KiB in turn, each size
// under a name of its own; -e PATHPROOF_BYTES_MAX=… for more (an ALB passes 1 MiB to a function, Lambda takes 6 MB).
import { atTurn, iteration, send, sizesOf, workload } from "#k6/index.ts";

const bytesMax = Number(__ENV["PATHPROOF_BYTES_MAX"] ?? 262_144);
const sizes = [1_024, 4_096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304].filter((size) => size <= bytesMax);

export const options = workload();

export default iteration(({ target, number }) => {
  send(target, atTurn(sizesOf(target, sizes), number));
});
