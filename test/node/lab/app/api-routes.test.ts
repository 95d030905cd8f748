import { expect, test } from "vitest";
import { findResource, ordersApi } from "#node/lab/app/api-routes.ts";

test.each([
  ["GET", "/", "/"],
  ["GET", "/orders", "/orders"],
  ["DELETE", "/orders", undefined],
  ["DELETE", "/orders/7", "/orders/{id}"],
  ["GET", "/orders/7/lines", undefined],
  ["GET", "/files/a/b/c", "/files/{path+}"],
  ["GET", "/files", undefined],
  ["GET", "/ordersx", undefined],
])("the resource of %s %s is %s", (method, path, template) => {
  expect(findResource(ordersApi, method, path)?.template).toBe(template);
});

test("a literal segment wins over a name", () => {
  const api = [
    { template: "/orders/{id}", methods: ["ANY"] },
    { template: "/orders/latest", methods: ["GET"] },
  ];
  expect(findResource(api, "GET", "/orders/latest")?.template).toBe("/orders/latest");
});
