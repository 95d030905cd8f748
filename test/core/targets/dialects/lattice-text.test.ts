import { describe, expect, test } from "vitest";
import type { Refusal } from "#core/targets/dialects/dialect.ts";
import { latticeText } from "#core/targets/dialects/lattice-text.ts";

const resource = "arn:aws:vpc-lattice:eu-west-1:111122223333:service/svc-0cfe1f49ff3266204/orders";
const action = "vpc-lattice-svcs:Invoke";
const role = "arn:aws:sts::111122223333:assumed-role/pathproof-lab/lab";

const literal: readonly (readonly [Refusal, number, string])[] = [
  [
    { kind: "denied", principal: "anonymous", action, resource, layer: "lattice-network", explicit: false },
    403,
    `AccessDeniedException: User: anonymous is not authorized to perform: ${action} on resource: ${resource} because no network-based policy allows the ${action} action`,
  ],
  [
    { kind: "denied", principal: role, action, resource, layer: "lattice-service", explicit: false },
    403,
    `AccessDeniedException: User: ${role} is not authorized to perform: ${action} on resource: ${resource} because no service-based policy allows the ${action} action`,
  ],
  [
    { kind: "denied", principal: role, action, resource, layer: "identity", explicit: false },
    403,
    `AccessDeniedException: User: ${role} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`,
  ],
  [{ kind: "payload-signed" }, 403, "InvalidSignatureException: Signed payloads are not supported"],
  [{ kind: "unknown-key" }, 403, "UnrecognizedClientException: The security token included in the request is invalid."],
  [{ kind: "not-identified" }, 404, ""],
  [{ kind: "fixed", status: 500 }, 500, ""],
  [{ kind: "headers-too-large" }, 400, ""],
];

describe("lattice-text", () => {
  test.each(literal)("words %o in one line of plain text", (refusal, status, body) => {
    const { value } = latticeText.say(refusal);
    expect([value.status, value.body]).toEqual([status, body]);
    expect(value.headers).toEqual(body === "" ? [] : [["content-type", "text/plain"]]);
  });

  test("only what has been seen of Lattice is trusted beyond memory", () => {
    const explicit = {
      kind: "denied",
      principal: role,
      action,
      resource,
      layer: "lattice-service",
      explicit: true,
    } as const;
    expect(latticeText.say({ ...explicit, explicit: false }).trust).toBe("code");
    expect(latticeText.say({ kind: "payload-signed" }).trust).toBe("code");
    expect(latticeText.say(explicit).trust).toBe("recalled");
    expect(latticeText.say({ kind: "token-expired" }).trust).toBe("recalled");
    expect(latticeText.say({ kind: "invalid-function-response" }).trust).toBe("recalled");
  });
});
