/** A fragment for a target's id: ids are safe, other text becomes so. */
export const anchor = (id: string): string => `target-${safe(id)}`;

/** A fragment for what one check found at one target. */
export const checkAnchor = ({ target, check }: { readonly target: string; readonly check: string }): string =>
  `${safe(target)}--${safe(check)}`;

/** Of any text: letters, digits and hyphens. */
export const safe = (text: string): string => text.replace(/[^A-Za-z0-9_-]/g, "-");
