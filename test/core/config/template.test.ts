import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { parseConfig } from "#core/config/parse-config.ts";
import { configTemplate } from "#core/config/template.ts";
import { targetKinds } from "#core/targets/index.ts";

const kinds = targetKinds.map(({ kind }) => kind);
const context = { env: {}, directory: "/etc/pathproof" };

/** With every optional field of the targets brought in from its comment. */
const everyField = (text: string): string => text.replace(/^ {4}# (\w+: \S+)$/gm, "    $1");

describe("the config that init writes", () => {
  test.each([["eu-west-1"], ["ap-southeast-2"]])("is a config in %s, as it stands", (region) => {
    const read = parseConfig(parse(configTemplate({ region, kinds })), context);
    expect(read).toMatchObject({ kind: "ok" });
    if (read.kind !== "ok") return;
    expect(read.config.targets.map(({ kind }) => kind.kind)).toEqual(kinds);
    expect(read.config.targets.flatMap(({ signing }) => signing?.region ?? [])).toEqual([region, region, region]);
    expect(read.config.loads[0]?.targets).toEqual(read.config.targets.map(({ id }) => id));
  });

  test.each([
    ["cn-north-1", "amazonaws.com.cn"],
    ["eusc-de-east-1", "amazonaws.eu"],
  ])("has the endpoints of %s under %s", (region, suffix) => {
    const { targets } = parse(everyField(configTemplate({ region, kinds: ["lambda-endpoint"] })));
    const endpoint = `https://vpce-0123456789abcdef0-abcdefgh.lambda.${region}.vpce.${suffix}`;
    expect(targets["orders-lambda-endpoint"].endpoint).toBe(endpoint);
  });

  test.each(kinds)("explains and shows every field of %s", (kind) => {
    const text = configTemplate({ region: "eu-west-1", kinds: [kind] });
    const written = everyField(text);
    const target = parse(written).targets[`orders-${kind}`];
    for (const field of targetKinds.find((one) => one.kind === kind)?.fields ?? []) {
      expect(target).toHaveProperty(field.name, field.example);
      expect(text.replaceAll(/\n *# /g, " ")).toContain(field.description);
    }
  });

  test("has no line that a terminal would break", () => {
    for (const line of configTemplate({ region: "eu-west-1", kinds }).split("\n"))
      expect(line.length).toBeLessThanOrEqual(120);
  });
});
