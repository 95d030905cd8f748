const silent = () => {};

/** The SDK's warnings would go to the console, between progress and results. */
export const logger = { trace: silent, debug: silent, info: silent, warn: silent, error: silent };
