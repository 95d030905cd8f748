const redacted = "<redacted>";

/** A canonical request that may be shown: the session token's value replaced, in the headers and in the query. */
export const redactCanonical = (canonicalRequest: string): string =>
  canonicalRequest
    .replace(/^(x-amz-security-token:).*$/gm, `$1${redacted}`)
    .replace(/((?:^|&)x-amz-security-token=)[^&\n]*/gim, `$1${redacted}`);
