// Asks through the agent of the snippet, or a plain one: two requests at once after another, then silence.
import { Agent, request } from "node:https";
import { asking } from "./asking.mjs";

const agent = process.env.ADVISED === "yes" ? (await import("./snippet.mjs")).agent : new Agent({ keepAlive: true });

await asking(
  () =>
    new Promise((resolve, reject) => {
      const asked = request(`${process.env.ORIGIN}/`, { method: "POST", agent }, (response) => {
        response.resume().once("end", resolve);
      });
      asked.setTimeout(5000, () => asked.destroy(new Error("timeout")));
      asked.once("error", reject).end("{}");
    }),
);
