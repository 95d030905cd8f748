import pLimit from "p-limit";
import type { CheckResult } from "#core/verdicts/check-result.ts";
import type { Fault } from "#node/lab/fault.ts";
import { faults } from "#node/lab/faults/index.ts";
import { checkHere, startLabHere } from "../../test/support/lab-check.ts";
import type { Row } from "./signing.ts";

/** They mostly wait for deadlines. */
const atATime = 4;

/** Every fault of the lab, and the cause that `check` names first at each target that has it. */
export async function bench(): Promise<readonly Row[]> {
  const limit = pLimit(atATime);
  const walked = await Promise.all(faults.map((fault) => limit(() => walk(fault))));
  const hit = walked.filter(({ right }) => right).length;
  return [
    ...walked.map(({ fault, right, firsts }) => ({
      name: fault.name,
      value: right ? 1 : 0,
      unit: "named first",
      note: right
        ? `${fault.cause} at ${firsts.length}`
        : `expected ${fault.cause}, got ${firsts.join(", ") || "nothing"}`,
    })),
    {
      name: "faults whose cause is named first",
      value: (hit / walked.length) * 100,
      unit: "%",
      note: `${hit} of ${walked.length}; causes: ${new Set(faults.map(({ cause }) => cause)).size}`,
    },
  ];
}

interface Walked {
  readonly fault: Fault;
  readonly right: boolean;
  /** `target cause` of the first failing check of each target that fails. */
  readonly firsts: readonly string[];
}

async function walk(fault: Fault): Promise<Walked> {
  const lab = await startLabHere(fault.name);
  try {
    const firsts = firstOfEach(await checkHere(lab.config));
    const right = firsts.length > 0 && firsts.every(({ code }) => code === fault.cause);
    return { fault, right, firsts: firsts.map(({ target, code }) => `${target} ${code}`) };
  } finally {
    await lab.stop();
  }
}

function firstOfEach(results: readonly CheckResult[]) {
  const firsts = new Map<string, string>();
  for (const { target, verdict } of results)
    if (verdict.kind === "fail" && !firsts.has(target)) firsts.set(target, verdict.cause.code);
  return [...firsts].map(([target, code]) => ({ target, code }));
}
