import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { refinedBy } from "#core/causes/diagnose.ts";
import { causes, findCause } from "#core/causes/index.ts";
import * as registry from "#core/causes/registry.ts";
import { exampleTarget } from "#core/causes/words/example-target.ts";
import { targetKinds } from "#core/targets/index.ts";

const folder = join(import.meta.dirname, "../../../src/core/causes");

// Codes are interface: this list is written here once more, so that none is lost or renamed by accident.
const codes = {
  dns: "dns-name-not-found dns-resolver-unreachable dns-public-address dns-one-zone-only",
  tcp: "tcp-timeout tcp-unreachable tcp-data-dropped lattice-not-associated tcp-refused tcp-reset one-zone-down path-mtu-black-hole",
  tls: "tls-name-mismatch tls-untrusted-issuer tls-expired tls-not-spoken plain-http-to-tls-port tls-version-refused tls-client-certificate tls-no-common-protocol tls-handshake-reset tls-handshake-timeout",
  signing:
    "auth-missing auth-wrong-service auth-wrong-region auth-clock-skew auth-signature-mismatch auth-host-mismatch auth-unknown-key auth-token-expired auth-payload-signed",
  policy:
    "denied-identity-policy denied-resource-policy denied-endpoint-policy denied-lattice-service-policy denied-lattice-network-policy denied-explicit open-to-unsigned open-to-principal policy-not-as-deployed apigw-forbidden apigw-unknown-route",
  service:
    "function-not-found lattice-no-route function-error function-timeout invalid-function-response throttled quota-exceeded payload-too-large headers-too-large no-targets target-unreachable target-timeout integration-timeout timeouts-inverted timeout-not-as-declared unexpected-status unexpected-body",
  connection:
    "stale-reuse-reset stale-reuse-silent reuse-refused idle-shorter-than-expected connection-lifetime request-not-taken response-timeout response-truncated protocol-error",
  client: "credentials-missing proxy-in-the-way file-limit generator-saturated",
};

describe("the catalogue of causes", () => {
  test("has every published code in its layer, and no other", () => {
    const expected = Object.entries(codes).flatMap(([layer, line]) =>
      line.split(" ").map((code) => `${layer} ${code}`),
    );
    expect(causes.map(({ layer, code }) => `${layer} ${code}`).sort()).toEqual(expected.sort());
  });

  test("names each file by its cause's code and registers it by one line", () => {
    const files = readdirSync(folder).filter(
      (file) => file.endsWith(".ts") && /^export const \w+: Cause\b/m.test(readFileSync(join(folder, file), "utf8")),
    );
    expect(files.map((file) => file.replace(/\.ts$/, "")).sort()).toEqual(causes.map(({ code }) => code).sort());
    const camel = (code: string) => code.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
    expect(Object.keys(registry).sort()).toEqual(causes.map(({ code }) => camel(code)).sort());
    expect(findCause("tcp-timeout")?.code).toBe("tcp-timeout");
    expect(findCause("no-such-code")).toBeNull();
  });

  test("lists them alphabetically", () => {
    const lines = readFileSync(join(folder, "registry.ts"), "utf8").trim().split("\n");
    const files = lines.map((line) => /"\.\/(.+)\.ts"/.exec(line)?.[1]);
    expect(files).toEqual([...files].sort());
  });

  test.each(causes.map((cause) => ({ cause, code: cause.code })))(
    "$code refines only known codes, and never itself",
    ({ cause }) => {
      expect(cause.refines.filter((code) => findCause(code) === null)).toEqual([]);
      expect([...refinedBy(cause, causes)]).not.toContain(cause.code);
      expect(new Set(cause.refines).size).toBe(cause.refines.length);
    },
  );

  test.each(causes.map((cause) => ({ cause, code: cause.code })))(
    "$code has a source and whole sentences for people",
    ({ cause }) => {
      expect(cause.source).toMatch(/^https:\/\/[a-z]/);
      expect(cause.title).toMatch(/^[A-Zh].*[^.]$/);
      expect(cause.explanation).toMatch(/^[A-Z].{60,}\.$/s);
      for (const kind of targetKinds) {
        const remedy = cause.remedy(exampleTarget(kind));
        expect(remedy, kind.kind).toMatch(/^[A-Z`].{40,}[.)]$/s);
        expect(remedy, kind.kind).not.toMatch(/undefined|null| {2}|\.\./);
      }
    },
  );
});
