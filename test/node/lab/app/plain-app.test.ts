import { describe, expect, test } from "vitest";
import { ask, credentials } from "../../../support/lab-app.ts";

describe("a plain origin in the lab", () => {
  test("answers with the request, and to the echo function's switches", async () => {
    const response = await ask("plain", { path: "/orders/1?status=201" });
    expect(response.status).toBe(201);
    expect(JSON.parse(String(response.body))).toMatchObject({ method: "GET", path: "/orders/1?status=201" });
    expect((await ask("plain", { path: "/?error=no" })).status).toBe(500);
  });

  test("verifies signatures where it is told to, and shows none", async () => {
    const response = await ask("signed-http");
    expect(response.status).toBe(200);
    expect(response.body).not.toContain("Signature=");
    expect(response.body).not.toContain(credentials.sessionToken);
    expect((await ask("signed-http", { scope: null })).status).toBe(403);
    expect((await ask("signed-http", { as: { ...credentials, secretAccessKey: "another" } })).status).toBe(403);
  });
});
