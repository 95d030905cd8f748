import type { Config } from "#core/config/config.ts";
import { type CredentialStore, createCredentialStore, type StoreMeans } from "./store.ts";

/** A store for every further principal of the config, by name. Nothing is asked before somebody signs. */
export const createPrincipalStores = (
  { principals }: Pick<Config, "principals">,
  means: StoreMeans,
): ReadonlyMap<string, CredentialStore> =>
  new Map(principals.map(({ name, source }) => [name, createCredentialStore(source, means)]));
