import type { Scenario } from "./scenario.ts";
import { steady } from "./shape.ts";
import { ownAsks, unsignedAsks } from "./variants.ts";

/** Each request twice, once as the target wants it and once without a signature. */
export const mixedAuth: Scenario = {
  shape: steady,
  asks(target) {
    const unsigned = unsignedAsks(target);
    return ownAsks(target).flatMap((ask, index) => [ask, unsigned[index] ?? ask]);
  },
};
