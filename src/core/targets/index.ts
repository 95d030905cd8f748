import * as registry from "./registry.ts";
import type { TargetKind } from "./target-kind.ts";

/** Every kind of way in, alphabetical. */
export const targetKinds: readonly TargetKind[] = Object.values(registry);

export const findKind = (kind: string): TargetKind | null => targetKinds.find((one) => one.kind === kind) ?? null;
