// Up to which rate does a path keep its latency? Ten steps up to the whole rate (or all of the connections), each a tenth of
// the duration: in the report's rows per second, the step at which latency leaves its line is the limit.
import { play } from "#k6/index.ts";

const { options, iterate } = play("ramp-to-limit");

export { options };
export default iterate;
