// Invokes a function through the connections of the snippet, or the SDK's own; never twice, so that nothing is hidden.
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { asking } from "./asking.mjs";

const connections = process.env.ADVISED === "yes" ? (await import("./snippet.mjs")).connections : {};
const client = new LambdaClient({
  region: "eu-west-1",
  endpoint: process.env.ORIGIN,
  ...connections,
  maxAttempts: 1,
});

await asking(() =>
  client.send(new InvokeCommand({ FunctionName: "orders:live", InvocationType: "DryRun" }), {
    abortSignal: AbortSignal.timeout(5000),
  }),
);
