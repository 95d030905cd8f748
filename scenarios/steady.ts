// Does each path keep its latency, its connections and its word while it is asked at a steady rate? Every target gets all
// of the rate (or all of the connections); its requests are sent in turn, signed where it says so.
import { play } from "#k6/index.ts";

const { options, iterate } = play("steady");

export { options };
export default iterate;
