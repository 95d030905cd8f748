import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { configSchema } from "#core/config/schema.ts";
import { configTemplate } from "#core/config/template.ts";
import { targetKinds } from "#core/targets/index.ts";

const files = join(import.meta.dirname, "../../node/files");
const read = (file: string): unknown => parse(readFileSync(join(files, file), "utf8"), { merge: true });
const yamlIn = (folder: string) => readdirSync(join(files, folder)).map((name) => `${folder}/${name}`);

const validate = new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true }).compile(configSchema());

describe("the config's JSON Schema", () => {
  test.each(yamlIn("valid").filter((file) => !file.includes("empty-sections")))("accepts %s", (file) => {
    validate(read(file));
    expect(validate.errors).toBeNull();
  });

  test("accepts what init writes", () => {
    validate(parse(configTemplate({ region: "eu-west-1", kinds: targetKinds.map(({ kind }) => kind) })));
    expect(validate.errors).toBeNull();
  });

  test.each([
    ...[
      "version-of-the-future",
      "region-not-a-region",
      "targets-empty",
      "target-id-climbs",
      "kind-misspelt",
      "kind-missing",
    ],
    ...["required-field-missing", "unknown-keys", "duration-bare-number", "rate-bare-number", "url-with-password"],
    ...["request-path", "expect-impossible", "echo-form-of-another-kind", "limits-wrong", "secrets-in-config"],
  ])("refuses invalid/%s.yaml", (name) => {
    expect(validate(read(`invalid/${name}.yaml`))).toBe(false);
  });

  test.each(targetKinds.map((kind) => [kind.kind, kind] as const))(
    "has every field of %s with its words",
    (_, kind) => {
      const schema = JSON.stringify(configSchema());
      for (const { name, description } of kind.fields) {
        expect(schema).toContain(JSON.stringify(name));
        expect(schema).toContain(JSON.stringify(description));
      }
    },
  );

  test("is plain JSON", () => {
    const schema = configSchema();
    expect(JSON.parse(JSON.stringify(schema))).toEqual(schema);
  });
});
