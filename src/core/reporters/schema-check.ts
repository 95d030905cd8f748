type Schema = Readonly<Record<string, unknown>>;

const isSchema = (value: unknown): value is Schema =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * Where a value first departs from a JSON Schema, as `loads[0].requests: expected a number`; null where it does not. It knows
 * the words that our own schemas are written in, and no others.
 *
 * @throws RangeError for a schema with another word: it would be passed over in silence
 */
export function problemWith(value: unknown, schema: object, path = ""): string | null {
  if (!isSchema(schema)) throw new RangeError("a schema is an object");
  const unknown = Object.keys(schema).find((word) => !words.has(word));
  if (unknown !== undefined) throw new RangeError(`schema-check knows no "${unknown}"`);
  if (schema["oneOf"] !== undefined) return problemWithAny(value, list(schema["oneOf"]), path);
  return (
    problemWithKind(value, schema, path) ??
    problemWithItems(value, schema, path) ??
    problemWithFields(value, schema, path)
  );
}

const words = new Set(
  "$schema title type enum const minimum maximum exclusiveMinimum exclusiveMaximum format oneOf properties required additionalProperties items prefixItems minItems maxItems".split(
    " ",
  ),
);

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const says = (path: string, expected: string): string => `${path === "" ? "the document" : path}: expected ${expected}`;

/** Of several, the complaint that came furthest is the one that helps. */
function problemWithAny(value: unknown, schemas: readonly unknown[], path: string): string | null {
  const problems = schemas.filter(isSchema).map((one) => problemWith(value, one, path));
  if (problems.includes(null)) return null;
  return problems.filter((one) => one !== null).sort((a, b) => b.length - a.length)[0] ?? null;
}

function problemWithKind(value: unknown, schema: Schema, path: string): string | null {
  if ("const" in schema && value !== schema["const"]) return says(path, JSON.stringify(schema["const"]));
  if ("enum" in schema && !list(schema["enum"]).includes(value))
    return says(
      path,
      `one of ${list(schema["enum"])
        .map((one) => JSON.stringify(one))
        .join(", ")}`,
    );
  const types = typeof schema["type"] === "string" ? [schema["type"]] : list(schema["type"]);
  if (types.length > 0 && !types.includes(typeOf(value))) return says(path, types.join(" or "));
  if (typeof value !== "number") return null;
  if (value < bound(schema, "minimum", Number.NEGATIVE_INFINITY)) return says(path, `${schema["minimum"]} at least`);
  if (value > bound(schema, "maximum", Number.POSITIVE_INFINITY)) return says(path, `${schema["maximum"]} at most`);
  if (value <= bound(schema, "exclusiveMinimum", Number.NEGATIVE_INFINITY))
    return says(path, `above ${schema["exclusiveMinimum"]}`);
  return value >= bound(schema, "exclusiveMaximum", Number.POSITIVE_INFINITY)
    ? says(path, `below ${schema["exclusiveMaximum"]}`)
    : null;
}

const bound = (schema: Schema, name: string, otherwise: number): number => {
  const value = schema[name];
  return typeof value === "number" ? value : otherwise;
};

const typeOf = (value: unknown): string => (value === null ? "null" : Array.isArray(value) ? "array" : typeof value);

function problemWithItems(value: unknown, schema: Schema, path: string): string | null {
  if (!Array.isArray(value)) return null;
  if (value.length < bound(schema, "minItems", 0)) return says(path, `${schema["minItems"]} items at least`);
  if (value.length > bound(schema, "maxItems", Number.POSITIVE_INFINITY))
    return says(path, `${schema["maxItems"]} items at most`);
  const first = list(schema["prefixItems"]);
  for (const [index, item] of value.entries()) {
    const own = first[index] ?? schema["items"];
    const problem = isSchema(own) ? problemWith(item, own, `${path}[${index}]`) : null;
    if (problem !== null) return problem;
  }
  return null;
}

function problemWithFields(value: unknown, schema: Schema, path: string): string | null {
  if (!isSchema(value)) return null;
  const properties = isSchema(schema["properties"]) ? schema["properties"] : {};
  const missing = list(schema["required"]).find((name) => typeof name === "string" && !Object.hasOwn(value, name));
  if (missing !== undefined) return says(join(path, String(missing)), "something, found nothing");
  for (const [name, field] of Object.entries(value)) {
    const own = Object.hasOwn(properties, name) ? properties[name] : schema["additionalProperties"];
    if (own === false) return says(join(path, name), "nothing: it is not a field of it");
    const problem = isSchema(own) ? problemWith(field, own, join(path, name)) : null;
    if (problem !== null) return problem;
  }
  return null;
}

const join = (path: string, name: string): string => (path === "" ? name : `${path}.${name}`);
