// What does a byte cost on each path, and from which size on does it hurt? Bodies from 1 KiB to 256 KiB in turn, each size
// under a name of its own; -e PATHPROOF_BYTES_MAX=… for more (an ALB passes 1 MiB to a function, Lambda takes 6 MB).
import { play } from "#k6/index.ts";

const { options, iterate } = play("payload-sizes");

export { options };
export default iterate;
