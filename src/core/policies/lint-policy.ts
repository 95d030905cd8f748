import type { PolicyLayer } from "#core/targets/dialects/dialect.ts";
import type { PolicyWarning } from "./lint.ts";
import { conditionLints } from "./lint-condition.ts";
import { documentLints } from "./lint-document.ts";
import { statementLints } from "./lint-statement.ts";
import { nameOf, type Policy } from "./policy.ts";

const lints = [...documentLints, ...statementLints, ...conditionLints];

/** What in a policy of that layer is allowed by the grammar, and still not what one means or what the service takes. */
export const lintPolicy = (policy: Policy, layer: PolicyLayer): readonly PolicyWarning[] =>
  lints
    .filter(({ layers }) => layers.includes(layer))
    .flatMap(({ look, source }) =>
      look(policy).map(({ statement, message }) => ({
        statement,
        message: statement === null ? message : `${nameOf(statement)}: ${message}`,
        source,
      })),
    );
