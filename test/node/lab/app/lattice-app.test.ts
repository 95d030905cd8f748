import { describe, expect, test } from "vitest";
import { ask, credentials, headerOf, labTarget } from "../../../support/lab-app.ts";

const action = "vpc-lattice-svcs:Invoke";
const resource = "arn:aws:vpc-lattice:eu-west-1:111122223333:service/svc-0cfe1f49ff3266204/orders/1";
const role = "arn:aws:sts::111122223333:assumed-role/pathproof-lab/check";
const event = async (...asked: Parameters<typeof ask>) => JSON.parse(String((await ask(...asked)).body));

describe("a Lattice service in the lab", () => {
  test("hands a signed caller's request to the function as a version 2 event", async () => {
    expect(await event("orders-lattice", { path: "/orders/1?a=1&a=2" })).toMatchObject({
      version: "2.0",
      path: "/orders/1?a=1&a=2",
      queryStringParameters: { a: ["1", "2"] },
      requestContext: { identity: { type: "AWS_IAM", principal: role, sessionName: "check" }, region: "eu-west-1" },
    });
  });

  test("hands it on as a version 1 event where the target group says so", async () => {
    expect(await event("orders-lattice-http")).toMatchObject({
      raw_path: "/orders/1",
      method: "GET",
      is_base64_encoded: false,
      headers: { "x-amzn-lattice-identity": expect.stringContaining(`Principal=${role}`) },
    });
  });

  test("serves what its config says of each of its requests", async () => {
    const requests = Object.entries(Object(labTarget("orders-lattice").config(443)["requests"]));
    expect(requests).toHaveLength(4);
    for (const [name, asked] of requests) {
      const { expect: expected, ...request } = Object(asked);
      const response = await ask("orders-lattice", request);
      expect([name, response.status]).toEqual([name, expected.status]);
      expect(String(response.body)).toContain(expected.body ?? "");
    }
  });

  test("takes over the client's request id, cut at 512 bytes", async () => {
    const response = await ask("orders-lattice", { headers: { "x-amzn-requestid": "r".repeat(600) } });
    expect(headerOf(response, "x-amzn-requestid")).toBe("r".repeat(512));
    expect(headerOf(await ask("orders-lattice"), "x-amzn-requestid")).toMatch(/^[0-9a-f-]{36}$/);
  });

  test("refuses an unsigned caller by the network's policy", async () => {
    const response = await ask("orders-lattice", { scope: null });
    expect([response.status, response.body]).toEqual([
      403,
      `AccessDeniedException: User: anonymous is not authorized to perform: ${action} on resource: ${resource} because no network-based policy allows the ${action} action`,
    ]);
  });

  test("refuses a signed payload", async () => {
    const signed = { service: "vpc-lattice-svcs", region: "eu-west-1", payload: "signed" } as const;
    const response = await ask("orders-lattice", { scope: signed });
    expect([response.status, response.body]).toEqual([
      403,
      "InvalidSignatureException: Signed payloads are not supported",
    ]);
  });

  test("authenticates whoever signs, and nobody where auth is off", async () => {
    const as = { ...credentials, secretAccessKey: "another" };
    expect((await ask("orders-lattice", { as })).body).toContain("InvalidSignatureException: The request signature");
    expect((await ask("orders-lattice-open")).status).toBe(200);
  });

  test("knows its own name only", async () => {
    expect((await ask("orders-lattice", { host: "other.example.internal" })).status).toBe(404);
    expect((await ask("orders-lattice", { host: `${labTarget("orders-lattice").hostname}:8443` })).status).toBe(200);
  });

  test("refuses more than 100 headers, and more than 60 KiB of them", async () => {
    const many = Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`x-${index}`, "1"]));
    expect((await ask("orders-lattice-open", { headers: many })).status).toBe(400);
    const long = { "x-long": "l".repeat(61 * 1024) };
    expect((await ask("orders-lattice-open", { headers: long })).status).toBe(400);
  });

  test("gives up on a function that throws, and refuses a body beyond 6 MiB", async () => {
    expect((await ask("orders-lattice-open", { path: "/orders/1?error=no" })).status).toBe(502);
    const body = "x".repeat(6 * 1024 * 1024 + 1);
    expect((await ask("orders-lattice-open", { method: "PUT", body })).status).toBe(413);
  });
});
