// What goes wrong only in the long run: leaks, ended sessions, front ends that scale or move? A steady rate for hours, on
// connections of which each is closed after some minutes, so that new addresses and new nodes get their share. The config's
// own connection lifetime comes first.
import { play } from "#k6/index.ts";

const { options, iterate } = play("soak");

export { options };
export default iterate;
