// How often is a request lost that is sent just when the other side ends its idle connection, and how wide is that window? Each
// connection sends one request, rests for about as long as that side is said to wait (timeouts: { idle: … }, or the kind's
// published timer), 1 ms to 3 s less or more by turns, and sends the next; the report has the table.
import { play } from "#k6/index.ts";

const { options, iterate } = play("stale-window");

export { options };
export default iterate;
