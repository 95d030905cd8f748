/** A resource of a REST API: `{name}` takes one segment, `{name+}` the rest. */
export interface ApiResource {
  readonly template: string;
  /** `ANY` among them takes every method. */
  readonly methods: readonly string[];
}

export const ordersApi: readonly ApiResource[] = [
  { template: "/", methods: ["ANY"] },
  { template: "/orders", methods: ["GET", "POST"] },
  { template: "/orders/{id}", methods: ["ANY"] },
  { template: "/files/{path+}", methods: ["GET"] },
];

/** The resource that takes a method and path (without its stage); literal segments win over names. Null when none does. */
export function findResource(api: readonly ApiResource[], method: string, path: string): ApiResource | null {
  const found = api.filter(
    ({ template, methods }) =>
      (methods.includes("ANY") || methods.includes(method)) && matches(segments(template), segments(path)),
  );
  return [...found].sort((a, b) => variables(a) - variables(b))[0] ?? null;
}

const segments = (path: string): readonly string[] => path.split("/").filter((segment) => segment !== "");

const variables = ({ template }: ApiResource): number =>
  template.split("{").length - 1 + (template.endsWith("+}") ? 100 : 0);

function matches(template: readonly string[], path: readonly string[]): boolean {
  const greedy = template.at(-1)?.endsWith("+}") === true;
  if (greedy ? path.length < template.length : path.length !== template.length) return false;
  return template.every((part, index) => part.startsWith("{") || part === path[index]);
}
