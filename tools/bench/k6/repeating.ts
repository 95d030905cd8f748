// The same request again and again, as most load is; signed or not as the plan says.
import { iteration, send, workload } from "#k6/index.ts";

export { handleSummary } from "./summary.ts";

export const options = workload();

export default iteration(({ target }) => {
  send(target);
});
