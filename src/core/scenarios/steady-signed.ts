import type { Scenario } from "./scenario.ts";
import { steady } from "./shape.ts";
import { ownAsks } from "./variants.ts";

export const steadySigned: Scenario = {
  shape: steady,
  asks: (target) => ownAsks(target).map((ask) => ({ ...ask, auth: "iam" })),
  unfit: ({ signing }) => (signing === null ? "every request is signed: give it auth: iam" : null),
};
