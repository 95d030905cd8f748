import { describe, expect, test } from "vitest";
import { ask, headerOf } from "../../../support/lab-app.ts";

describe("a load balancer in the lab", () => {
  test("hands on the last of repeated parameters as on the wire, and signatures unread", async () => {
    const response = await ask("orders-alb", { path: "/orders/1?a=1&a=%20", headers: { authorization: "whatever" } });
    expect(response.status).toBe(200);
    expect(headerOf(response, "server")).toBeUndefined();
    expect(JSON.parse(String(response.body))).toMatchObject({
      httpMethod: "GET",
      path: "/orders/1",
      queryStringParameters: { a: "%20" },
      headers: { authorization: "whatever", "x-amzn-trace-id": expect.stringMatching(/^Root=1-/) },
      requestContext: { elb: { targetGroupArn: expect.stringContaining("targetgroup/orders") } },
    });
  });

  test("hands on all of them where the target group has multi-value headers on", async () => {
    const response = await ask("orders-alb-multi", { path: "/orders/1?a=1&a=2" });
    expect(JSON.parse(String(response.body))).toMatchObject({ multiValueQueryStringParameters: { a: ["1", "2"] } });
    expect(headerOf(response, "content-type")).toBe("application/json");
  });

  test.each([
    ["a function that throws", { path: "/?error=no" }, 502],
    ["a response beyond 1 MiB", { path: "/?bytes=1048576" }, 502],
    ["a body beyond 1 MiB", { method: "PUT", body: "x".repeat(1024 * 1024 + 1) }, 413],
    ["a header line beyond 16 KiB", { headers: { "x-long": "l".repeat(16 * 1024) } }, 400],
    ["TRACE", { method: "TRACE" }, 405],
    ["31 forwarders", { headers: { "x-forwarded-for": Array(31).fill("10.0.0.1").join(", ") } }, 463],
    ["a function slower than the idle timeout", { path: "/?delay=601" }, 504],
  ])("answers %s itself", async (_what, asked, status) => {
    const response = await ask("orders-alb", asked);
    expect([response.status, headerOf(response, "server")]).toEqual([status, "awselb/2.0"]);
  });
});
