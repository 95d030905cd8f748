// Are strangers still refused, and clients still served, when both come at once? Signed and unsigned requests in turn on the
// same connections: an answer to an unsigned one fails, and so does a refusal of a signed one.
import { play } from "#k6/index.ts";

const { options, iterate } = play("mixed-auth");

export { options };
export default iterate;
