import { objectSchema } from "./object.ts";
import { root } from "./root.ts";
import type { JsonSchema } from "./shape.ts";

/** The config as JSON Schema, from the same fields that read it: for editors and for generators of configs. */
export const configSchema = (): JsonSchema => ({
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "pathproof config",
  ...objectSchema(root),
});
