import { accessIsAsDeclared } from "#core/checks/access-is-as-declared.ts";
import { judgeCells } from "#core/checks/judge/access-cells.ts";
import { accessRow } from "#core/checks/judge/access-row.ts";
import type { Exchange } from "#core/observations/exchange.ts";
import type { Target } from "#core/targets/target.ts";
import type { AccessRow } from "#core/verdicts/access-row.ts";

/** Whether an exchange is a cell of the access table. */
export const isOfAccess = ({ check }: Exchange): boolean => check === accessIsAsDeclared.id;

/** Everything that was asked of who may do what, target by target. */
export const accessTable = (exchanges: readonly Exchange[], targets: readonly Target[]): readonly AccessRow[] =>
  targets.flatMap((target) =>
    judgeCells(
      exchanges.filter(
        (exchange) => exchange.target === target.id && isOfAccess(exchange) && !wasInterrupted(exchange),
      ),
      target,
    ).map((judged) => accessRow(target, judged)),
  );

const wasInterrupted = ({ outcome }: Exchange): boolean =>
  outcome.kind === "failed" && outcome.failure.kind === "interrupted";
