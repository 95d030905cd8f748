import { request } from "node:http";
import { Duplex } from "node:stream";

/** What node:http makes of a response: llhttp, on a socket that is none. */
export type ReferenceReading =
  | {
      readonly kind: "message";
      readonly status: number;
      readonly headers: readonly (readonly [string, string])[];
      readonly body: string;
      readonly keptAlive: boolean;
    }
  | { readonly kind: "refused"; readonly code: string }
  /** The connection ended first. */
  | { readonly kind: "truncated" };

/** Lets node:http read these pieces, one after the other, and then the end of the connection. */
export function readByReference(method: string, pieces: readonly Buffer[]): Promise<ReferenceReading> {
  return new Promise((resolve) => {
    const socket = new Duplex({ read() {}, write: (_chunk, _encoding, done) => done() });
    const client = request({ createConnection: () => socket, method, maxHeaderSize: 262_144 });
    client.shouldKeepAlive = true;
    client.maxHeadersCount = 0;
    const settle = (reading: ReferenceReading): void => {
      resolve(reading);
      socket.destroy();
    };
    const fail = (error: Error & { readonly code?: string }): void => {
      const code = error.code ?? "";
      settle(
        code.startsWith("HPE_") && code !== "HPE_INVALID_EOF_STATE" ? { kind: "refused", code } : { kind: "truncated" },
      );
    };
    client.on("error", fail);
    client.on("upgrade", () => settle({ kind: "refused", code: "UPGRADE" }));
    client.on("response", (response) => {
      const parts: Buffer[] = [];
      response.on("error", fail);
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("end", () => {
        const { rawHeaders, statusCode } = response;
        settle({
          kind: "message",
          status: statusCode ?? 0,
          headers: Array.from({ length: rawHeaders.length / 2 }, (_, index) => [
            (rawHeaders[2 * index] ?? "").toLowerCase(),
            rawHeaders[2 * index + 1] ?? "",
          ]),
          body: Buffer.concat(parts).toString("utf8"),
          keptAlive: client.shouldKeepAlive,
        });
      });
    });
    client.on("socket", () => {
      for (const piece of pieces) socket.push(piece);
      socket.push(null);
    });
    client.end();
  });
}
