// What do the paths give to clients that sign? As `steady`, with every request signed: a target for which the config names
// no service to sign for cannot take part.
import { play } from "#k6/index.ts";

const { options, iterate } = play("steady-signed");

export { options };
export default iterate;
