// What does a path give to clients that do not sign? As `steady`, without a signature: where the target is open, the
// baseline that signed load is compared with; where it wants signatures, how fast and how surely it refuses.
import { play } from "#k6/index.ts";

const { options, iterate } = play("steady-unsigned");

export { options };
export default iterate;
