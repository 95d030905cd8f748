/** k6's, which `@types/k6` leaves to the DOM's types. */
declare const console: Record<"debug" | "error" | "info" | "log" | "warn", (...values: unknown[]) => void>;
