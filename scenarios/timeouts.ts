// How many answers would clients lose with a shorter deadline, and what do given-up requests do to the connections? Deadlines
// from a 64th of the target's timeout up to all of it in turn, each under a name of its own.
import { play } from "#k6/index.ts";

const { options, iterate } = play("timeouts");

export { options };
export default iterate;
