// Does a path come back after a rush? A tenth of the rate, then at once all of it, then a tenth again, which is half of the
// time: cold starts, throttling and queues show in the rush, and what they leave behind shows after it.
import { play } from "#k6/index.ts";

const { options, iterate } = play("spike");

export { options };
export default iterate;
