export interface FunctionName {
  /** As in the config. */
  readonly written: string;
  /** The same without its qualifier. */
  readonly unqualified: string;
  readonly qualifier: string | null;
  /** Of a full ARN. */
  readonly region: string | null;
}

/** A version, an alias or `$LATEST`. */
export const qualifierPattern = /^(?:\$LATEST(?:\.PUBLISHED)?|[A-Za-z0-9_-]{1,128})$/;

const shape =
  /^((?:arn:aws[a-z-]*:lambda:([a-z0-9-]+):\d{12}:function:|\d{12}:function:)?[A-Za-z0-9_-]{1,64})(?::([$A-Za-z0-9_.-]+))?$/;

/**
 * Reads the forms that Invoke takes: `name`, `name:qualifier`, `123456789012:function:name`, the full ARN.
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 */
export function parseFunction(written: string): FunctionName | null {
  const [, unqualified, region, qualifier] = shape.exec(written) ?? [];
  if (unqualified === undefined) return null;
  if (qualifier !== undefined && !qualifierPattern.test(qualifier)) return null;
  return { written, unqualified, qualifier: qualifier ?? null, region: region ?? null };
}
