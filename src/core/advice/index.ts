import { advise } from "./advise.ts";
import type { AdviceClient, Snippet } from "./client.ts";
import * as registry from "./clients/registry.ts";
import type { Measured } from "./measured.ts";
import { retryRule } from "./retry.ts";
import { inShort } from "./say.ts";
import type { ClientSettings } from "./settings.ts";

export const adviceClients: readonly AdviceClient[] = Object.values(registry);

export interface Advice extends ClientSettings {
  readonly summary: string;
  readonly retry: readonly string[];
  readonly snippets: readonly ClientSnippet[];
}

export interface ClientSnippet extends Snippet {
  readonly client: string;
  readonly title: string;
  readonly language: string;
}

/** The settings that follow from what was measured, for every client; null where nothing is known to be safe. */
export function adviseClients(measured: Measured | null): Advice | null {
  const settings = measured === null ? null : advise(measured);
  if (settings === null) return null;
  const snippets = adviceClients.map((client) => ({
    client: client.id,
    title: client.title,
    language: client.language,
    ...client.snippet(settings),
  }));
  return { ...settings, summary: inShort(settings), retry: retryRule, snippets };
}
