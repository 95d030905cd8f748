import type { Step } from "#core/observations/step.ts";
import { type Access, anonymousPrincipal, defaultPrincipal } from "#core/targets/access.ts";
import type { Target, TargetRequest } from "#core/targets/target.ts";
import { askFor, toSend } from "./step.ts";

/** One principal, one request, and what should come of it. */
export interface AccessCell {
  readonly principal: string;
  readonly action: TargetRequest;
  readonly expected: Access["expected"];
}

/** Everything that may be asked of a target by name. */
export const actionsOf = ({ requests, alsoAllowed }: Target): readonly TargetRequest[] => [...requests, ...alsoAllowed];

/** Whoever the config's `credentials` are: nobody, where nothing is signed. */
const ownPrincipal = ({ auth }: Target): string => (auth === "iam" ? defaultPrincipal : anonymousPrincipal);

/** The cells of a target's access table, a principal after the other; none where the config says nothing of access. */
export function accessCells(target: Target): readonly AccessCell[] {
  const { access, policies, principals } = target;
  if (access === undefined && policies === undefined) return [];
  const own = ownPrincipal(target);
  const actions = actionsOf(target);
  const all: readonly AccessCell[] = [
    ...actions.map((action) => ({ principal: own, action, expected: expectedOf(action) })),
    ...(access ?? []).flatMap(({ principal, action: name, expected }) => {
      const action = actions.find((one) => one.name === name);
      return action === undefined ? [] : [{ principal, action, expected }];
    }),
  ];
  return principals === undefined ? all : all.filter(({ principal }) => principals.includes(principal));
}

/** Who expects 401 or 403 without saying by what expects no more than that. */
function expectedOf({ expect }: TargetRequest): Access["expected"] {
  if (expect.denied !== undefined) return { kind: "denied", by: expect.denied };
  return expect.statuses.some((status) => status === 401 || status === 403)
    ? { kind: "observed" }
    : { kind: "allowed" };
}

/** Tells a cell from the others of its target. */
export const labelOf = ({ principal, action }: AccessCell): string => `${principal}: ${action.name}`;

/** Asks as the cell's principal, each on a socket of its own: what one was answered must not depend on another. */
export const stepOf = (cell: AccessCell): Step =>
  askFor(labelOf(cell), {
    request: toSend(cell.action),
    signing: cell.principal === anonymousPrincipal ? "unsigned" : "correct",
    ...(cell.principal === defaultPrincipal || cell.principal === anonymousPrincipal
      ? {}
      : { principal: cell.principal }),
  });
