// One path by either engine.
import type { ReportedComparison } from "#core/reporters/reported-comparison.ts";
import type { Row } from "../load/row.ts";
import type { ObservedLab } from "./observed-lab.ts";

const words = { rate: "100/s", duration: "24s", block: "1s", seed: "1" };

export async function bothEngines({ compare }: ObservedLab): Promise<readonly Row[]> {
  const ids = ["slow", "slow-too"] as const;
  const node = await compare(ids, { ...words, engine: "node" });
  const k6 = await compare(ids, { ...words, engine: "k6" });
  const at = ({ targets }: ReportedComparison, name: "p50" | "p90"): number =>
    targets[0]?.latencyMs?.[name] ?? Number.NaN;
  return (["p50", "p90"] as const).map((name) => ({
    name: `the same path by k6 / by Node at ${name}`,
    value: at(k6, name) / at(node, name),
    unit: "×",
    note: `${at(k6, name)} and ${at(node, name)} ms; asked: within 5 %`,
  }));
}
