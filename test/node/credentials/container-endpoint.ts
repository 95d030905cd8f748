import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

/** One answer of the endpoint: credentials that end then, an error status, or silence. */
export type Answer =
  | { readonly kind: "credentials"; readonly accessKeyId: string; readonly expiresAtMs: number }
  | { readonly kind: "status"; readonly status: number; readonly body: string }
  | { readonly kind: "silence" };

/** A container's credentials endpoint on loopback: the n-th request gets the n-th answer, and the last one ever after. */
export async function startContainerEndpoint(answers: readonly [Answer, ...Answer[]]) {
  let asked = 0;
  let connections = 0;
  const server = createServer((_, response) => {
    const answer = answers[Math.min(asked, answers.length - 1)] ?? answers[0];
    asked += 1;
    if (answer.kind === "silence") return;
    if (answer.kind === "status") {
      response.writeHead(answer.status, { "content-type": "application/json" }).end(answer.body);
      return;
    }
    response.writeHead(200, { "content-type": "application/json" }).end(
      JSON.stringify({
        AccessKeyId: answer.accessKeyId,
        SecretAccessKey: `secret of ${answer.accessKeyId}`,
        Token: `token of ${answer.accessKeyId}`,
        Expiration: new Date(answer.expiresAtMs).toISOString(),
      }),
    );
  });
  server.on("connection", (socket) => {
    connections += 1;
    socket.once("close", () => {
      connections -= 1;
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === "string") throw new Error("the endpoint has no port");
  return { uri: `http://127.0.0.1:${address.port}/credentials`, asked: () => asked, connections: () => connections };
}
