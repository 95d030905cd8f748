import type { Hashing } from "./hashing.ts";

export const algorithm = "AWS4-HMAC-SHA256";
export const terminator = "aws4_request";

/** What a key is good for: one day, one region, one service. */
export const credentialScope = (day: string, region: string, service: string): string =>
  `${day}/${region}/${service}/${terminator}`;

/** @param date as in `x-amz-date` */
export const stringToSign = (hashing: Hashing, date: string, scope: string, canonicalRequest: string): string =>
  `${algorithm}\n${date}\n${scope}\n${hashing.sha256Hex(canonicalRequest)}`;
