// Asks through the dispatcher of the snippet, or a plain one; with POST, which undici does not send again by itself.
import { setTimeout } from "node:timers/promises";
import { Agent, request } from "undici";
import { asking } from "./asking.mjs";

const dispatcher = process.env.ADVISED === "yes" ? (await import("./snippet.mjs")).dispatcher : new Agent();

await asking(async () => {
  const { body } = await request(`${process.env.ORIGIN}/`, {
    method: "POST",
    body: "{}",
    dispatcher,
    headersTimeout: 5000,
  });
  await body.text();
  // What is asked in the same turn as an answer ends is given another connection.
  await setTimeout(20);
});
