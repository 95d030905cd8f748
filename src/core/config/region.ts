import { text } from "./scalar.ts";

const pattern = /^[a-z]{2,4}(?:-[a-z]{2,10}){1,3}-\d{1,2}$/;

export const region = text({ expected: 'a Region such as "eu-west-1"', pattern, example: "eu-west-1" });

export const isRegion = (text: string): boolean => pattern.test(text);

/** The Region that AWS's own tools take from the environment; null when it names none. */
export function regionOfEnvironment(env: Readonly<Record<string, string | undefined>>): string | null {
  return [env["AWS_REGION"], env["AWS_DEFAULT_REGION"]].find((one) => one !== undefined && pattern.test(one)) ?? null;
}
