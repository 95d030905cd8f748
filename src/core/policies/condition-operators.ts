import { matchesPieces, type Piece } from "./glob.ts";
import { isInRange, isRange } from "./ip-range.ts";
import { matchesArn } from "./match-arn.ts";

/** One condition operator without its prefix and `IfExists`: how a policy's value is read and compared. */
export interface Comparison {
  /** Holds when no value of the policy matches. */
  readonly negated: boolean;
  /** Whether policy variables are replaced in its values. */
  readonly variables: boolean;
  /** What its values must look like, after `expected`; null when any text will do. */
  readonly expected: string | null;
  accepts(value: string): boolean;
  matches(value: readonly Piece[], found: string): boolean;
}

const textOf = (pieces: readonly Piece[]): string => pieces.map(({ text }) => text).join("");

type Match = Comparison["matches"];

const onText = (matches: Match): Omit<Comparison, "negated"> => ({
  variables: true,
  expected: null,
  accepts: () => true,
  matches,
});

const equals = onText((value, found) => textOf(value) === found);
const equalsIgnoreCase = onText((value, found) => textOf(value).toLowerCase() === found.toLowerCase());
const like = onText(matchesPieces);
const arn = onText(matchesArn);

type Order = (found: number, wanted: number) => boolean;

const orders = {
  Equals: (found, wanted) => found === wanted,
  LessThan: (found, wanted) => found < wanted,
  LessThanEquals: (found, wanted) => found <= wanted,
  GreaterThan: (found, wanted) => found > wanted,
  GreaterThanEquals: (found, wanted) => found >= wanted,
} as const satisfies Record<string, Order>;

const numberOf = (text: string): number => (/^[+-]?(\d+\.?\d*|\.\d+)$/.test(text.trim()) ? Number(text) : Number.NaN);

/** A date in one of the W3C's ISO 8601 forms, or seconds since the epoch; NaN for anything else. */
function dateOf(text: string): number {
  if (/^\d+(\.\d+)?$/.test(text) && text.length > 4) return Number(text) * 1000;
  return /^\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?)?)?$/.test(text)
    ? Date.parse(text)
    : Number.NaN;
}

/** `NumericEquals`, `NumericNotEquals`, `NumericLessThan` … */
function ordered(prefix: string, read: (text: string) => number, expected: string): Record<string, Comparison> {
  const comparison = (order: Order, negated: boolean): Comparison => ({
    negated,
    variables: false,
    expected,
    accepts: (value) => !Number.isNaN(read(value)),
    matches: (value, found) => order(read(found), read(textOf(value))),
  });
  return Object.fromEntries([
    ...Object.entries(orders).map(([name, order]) => [prefix + name, comparison(order, false)] as const),
    [`${prefix}NotEquals`, comparison(orders.Equals, true)] as const,
  ]);
}

const isTruth = (value: string): boolean => /^(true|false)$/i.test(value);

const truth: Omit<Comparison, "negated"> = {
  variables: false,
  expected: "true or false",
  accepts: isTruth,
  matches: (value, found) => textOf(value).toLowerCase() === found.toLowerCase(),
};

const address: Omit<Comparison, "negated"> = {
  variables: false,
  expected: "an IP address or a CIDR range such as 10.0.0.0/8",
  accepts: isRange,
  matches: (value, found) => isInRange(textOf(value), found),
};

const positive = (comparison: Omit<Comparison, "negated">): Comparison => ({ ...comparison, negated: false });
const negative = (comparison: Omit<Comparison, "negated">): Comparison => ({ ...comparison, negated: true });

/**
 * Every operator but `Null`, which asks for a key and not for its values.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export const comparisons: Readonly<Record<string, Comparison>> = {
  StringEquals: positive(equals),
  StringNotEquals: negative(equals),
  StringEqualsIgnoreCase: positive(equalsIgnoreCase),
  StringNotEqualsIgnoreCase: negative(equalsIgnoreCase),
  StringLike: positive(like),
  StringNotLike: negative(like),
  ArnEquals: positive(arn),
  ArnLike: positive(arn),
  ArnNotEquals: negative(arn),
  ArnNotLike: negative(arn),
  ...ordered("Numeric", numberOf, "a number"),
  ...ordered("Date", dateOf, "a date such as 2026-01-31T00:00:00Z or seconds since 1970"),
  Bool: positive(truth),
  BinaryEquals: positive({ ...equals, variables: false }),
  IpAddress: positive(address),
  NotIpAddress: negative(address),
};
