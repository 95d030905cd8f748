// Preloaded into the program (`NODE_OPTIONS=--import …`) by tests that want its first loading thread to die: the program itself
// has no such switch. `PATHPROOF_TEST_DYING` says how, and after how many milliseconds.
import { syncBuiltinESMExports } from "node:module";
import threads from "node:worker_threads";

const [how = "", afterMs = "0"] = (process.env.PATHPROOF_TEST_DYING ?? "").split(" ");
const { Worker } = threads;

/** What the thread does to itself. */
const deeds = {
  exits: "process.exit(7)",
  throws: "throw new Error('a fault of its own')",
  "runs out of memory": "const kept = []; for (;;) kept.push(new Array(1000).fill(kept.length));",
};

threads.Worker = class extends Worker {
  constructor(program, options) {
    const isFirst = options?.workerData?.role === "loader" && options.workerData.index === 0;
    const deed = isFirst ? deeds[how.replaceAll("-", " ")] : undefined;
    super(deed === undefined ? program : `setTimeout(() => { ${deed} }, ${afterMs});\n${program}`, {
      ...options,
      // Its own memory alone: the rest of the program must have enough to tell.
      ...(deed === undefined ? {} : { resourceLimits: { maxOldGenerationSizeMb: 24 } }),
    });
    if (isFirst && how === "is-terminated") setTimeout(() => this.terminate(), Number(afterMs));
  }
};
syncBuiltinESMExports();
