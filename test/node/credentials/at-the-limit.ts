// Runs in a process of its own, which may open few files: takes them all, and asks for what takes one more.
import { closeSync, openSync } from "node:fs";
import { devNull } from "node:os";
import { ms } from "#core/units.ts";
import { createCredentialStore } from "#node/credentials/store.ts";
import { createNames } from "#node/probe/names.ts";
import { createStop } from "#node/probe/stop.ts";
import { startBudget } from "#node/probe/within.ts";

const stop = createStop(new AbortController().signal);
const store = createCredentialStore({ kind: "default-chain" });
const namesBy = (dns: readonly string[] | null) => createNames({ resolve: {}, dns, caFile: null }, stop);
const resolve = async (host: string, dns: readonly string[] | null) => {
  const target = { origin: { host }, pinned: null, deadlines: { dnsMs: ms(5000) } };
  return (await namesBy(dns).resolve(target, startBudget(ms(8000), stop), false)).addresses;
};
// What is read once and held is read now.
await createCredentialStore({ kind: "environment", prefix: "NOBODYS" }).current();

const held: number[] = [];
try {
  for (;;) held.push(openSync(devNull, "r"));
} catch {}
const atTheLimit = {
  credentials: await store.current(),
  system: await resolve("localhost", null),
  resolvers: await resolve("orders.test", ["127.0.0.1:1"]),
};
for (const file of held) closeSync(file);
const afterwards = await store.current();
console.log(JSON.stringify({ atTheLimit, afterwards: afterwards.kind }));
process.exit(0);
