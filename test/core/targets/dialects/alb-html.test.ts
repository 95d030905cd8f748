import { describe, expect, test } from "vitest";
import { albHtml } from "#core/targets/dialects/alb-html.ts";
import type { Refusal } from "#core/targets/dialects/dialect.ts";

const lengths: readonly (readonly [Refusal, number, string, number])[] = [
  [{ kind: "no-targets" }, 503, "Service Temporarily Unavailable", 162],
  [{ kind: "invalid-function-response" }, 502, "Bad Gateway", 122],
  [{ kind: "target-timeout" }, 504, "Gateway Time-out", 132],
  [{ kind: "headers-too-large" }, 400, "Bad Request", 122],
  [{ kind: "payload-too-large", limitBytes: 1_048_576 }, 413, "Request Entity Too Large", 148],
];

describe("alb-html", () => {
  test.each(lengths)("%o is a page of its title, byte for byte", (refusal, status, statusText, length) => {
    const { value } = albHtml.say(refusal);
    expect([value.status, value.statusText]).toEqual([status, statusText]);
    expect(value.headers).toEqual([
      ["server", "awselb/2.0"],
      ["content-type", "text/html"],
    ]);
    expect(value.body).toHaveLength(length);
  });

  test("lines end in CRLF", () => {
    expect(albHtml.say({ kind: "no-targets" }).value.body).toBe(
      "<html>\r\n<head><title>503 Service Temporarily Unavailable</title></head>\r\n<body>\r\n" +
        "<center><h1>503 Service Temporarily Unavailable</h1></center>\r\n</body>\r\n</html>\r\n",
    );
  });
});
