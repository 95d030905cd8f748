import { describe, expect, test } from "vitest";
import { asPrincipal } from "#core/plan/as-principal.ts";
import type { TargetRequest } from "#core/targets/target.ts";
import { makeTarget } from "../../support/make.ts";

const request = (name: string, expect: TargetRequest["expect"]): TargetRequest => ({
  name,
  method: "GET",
  path: `/${name}`,
  headers: {},
  body: null,
  expect,
});
const answered = { statuses: [200], body: { kind: "contains", text: "tea" }, headers: { etag: "" } } as const;

const target = makeTarget("lattice", {
  requests: [request("list", answered), request("admin", { ...answered, statuses: [401, 403], denied: "explicit" })],
  access: [
    { principal: "reader", action: "list", expected: { kind: "denied", by: "identity-policy" } },
    { principal: "reader", action: "admin", expected: { kind: "allowed" } },
    { principal: "ci", action: "admin", expected: { kind: "observed" } },
  ],
});

describe("a target as another principal finds it", () => {
  test("is what the config says of its own credentials, for those", () => {
    expect(asPrincipal(target, "default")).toBe(target);
  });

  test("is refused and let through where access says so, whatever holds for the config's own credentials", () => {
    const [list, admin] = asPrincipal(target, "reader").requests;
    expect(list?.expect).toEqual({ statuses: [401, 403], body: null, headers: {}, denied: "identity-policy" });
    expect(admin?.expect).toEqual({ statuses: [200, 201, 202, 204], body: answered.body, headers: answered.headers });
  });

  test("is expected to answer as ever where access says nothing of it, or only looks", () => {
    expect(asPrincipal(target, "ci").requests).toEqual(target.requests);
    expect(asPrincipal(target, "ci").signing).toEqual(target.signing);
  });

  test("is asked without a signature as anonymous", () => {
    expect(asPrincipal(target, "anonymous")).toMatchObject({ auth: "none", signing: null });
  });
});
