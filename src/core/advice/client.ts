import type { ClientSettings } from "./settings.ts";

/** How one client is set: a file each, listed in `clients/registry.ts`. */
export interface AdviceClient {
  /** As in `--advice ID`; equals the file's name. */
  readonly id: string;
  readonly title: string;
  /** Of the snippet, as a fence of Markdown names it. */
  readonly language: string;
  snippet(settings: ClientSettings): Snippet;
}

export interface Snippet {
  /** Complete and ready to paste. */
  readonly code: string;
  /** What it cannot do, and what to know beside it; sentences. */
  readonly notes: readonly string[];
}
