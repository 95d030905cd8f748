// Every request another: path, query and body; signed or not as the plan says.
import { iteration, send, workload } from "#k6/index.ts";
import { different } from "./requests.ts";

export { handleSummary } from "./summary.ts";

export const options = workload();

export default iteration(({ target, number }) => {
  send(target, different(target, number));
});
