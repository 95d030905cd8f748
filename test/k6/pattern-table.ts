// Runs in k6: searches for every pattern of a table as answers of a load are searched, for Node to compare.
declare const __ENV: Readonly<Record<string, string>>;
declare function open(file: string): string;

const cases: readonly { readonly plain: string; readonly texts: readonly string[] }[] = JSON.parse(
  open(__ENV["TABLE"] ?? ""),
);

export const options = { vus: 1, iterations: 1 };

export default function (): void {}

export function handleSummary(): { stdout: string } {
  return { stdout: JSON.stringify(cases.map(({ plain, texts }) => texts.map((text) => new RegExp(plain).test(text)))) };
}
