// How often is a request lost that is sent just when the other side ends its idle connection, and how wide is that window? Each
// connection sends one request, rests for about as long as that side is said to wait (timeouts: { idle: … }, or the kind's
// published timer), 1 ms to 3 s less or more by turns, and sends the next; the report has the table.
import { atTurn, connectionsOnly, iteration, rest, send, targets, windowGapMs } from "#k6/index.ts";

const untold = targets.filter(({ idleTimerMs }) => idleTimerMs === null).map(({ id }) => id);
if (untold.length > 0) throw new Error(`stale-window needs timeouts: { idle: … } of ${untold.join(", ")}`);

export const options = connectionsOnly();

export default iteration((turn) => {
  send(turn.target, atTurn(turn.target.requests, turn.number));
  rest(turn, windowGapMs(turn.target.idleTimerMs ?? 0, turn.number));
});
