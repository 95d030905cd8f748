/** A fragment for a target's id: ids are safe, other text becomes so. */
export const anchor = (id: string): string => `target-${id.replace(/[^A-Za-z0-9_-]/g, "-")}`;
