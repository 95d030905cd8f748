import type { PolicyLayer } from "#core/targets/dialects/dialect.ts";
import type { Policy, Statement, StatementRef } from "./policy.ts";

/** Something in a policy that is allowed but hardly meant, or that the service will refuse. */
export interface PolicyWarning {
  /** Null when it is about the whole document. */
  readonly statement: StatementRef | null;
  /** What it leads to and what to write instead; a whole sentence. */
  readonly message: string;
  /** The page that says so. */
  readonly source: string;
}

/** One thing to look for in the documents of some layers. */
export interface Lint {
  readonly layers: readonly PolicyLayer[];
  readonly source: string;
  look(policy: Policy): readonly Finding[];
}

export interface Finding {
  readonly statement: StatementRef | null;
  readonly message: string;
}

export const resourceLayers: readonly PolicyLayer[] = ["resource", "endpoint", "lattice-service", "lattice-network"];
export const latticeLayers: readonly PolicyLayer[] = ["lattice-service", "lattice-network"];
export const everyLayer: readonly PolicyLayer[] = ["identity", ...resourceLayers];

/** A finding for each statement that the message is not null for. */
export const eachStatement = (policy: Policy, message: (statement: Statement) => string | null): readonly Finding[] =>
  policy.statements.flatMap((statement) => {
    const found = message(statement);
    return found === null ? [] : [{ statement: statement.ref, message: found }];
  });
