/** The contract with shells and CI; a number never changes its meaning. */
export const exitCodes = {
  pass: 0,
  failed: 1,
  usage: 2,
  environment: 3,
  inconclusive: 4,
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
