/**
 * How long a socket is held in silence once it is connected. A middlebox that is to refuse (a security appliance, an NLB
 * without healthy targets) first lets the handshake pass and resets a round trip later; 100 ms is more than any round trip
 * inside a region.
 */
export const holdMs = 100;

/**
 * How long an address may be used again without asking: as long as AWS's own answers may be kept. Its resolvers drop packets
 * beyond 1024/s per interface, and a run that asks for every exchange measures them too.
 */
export const namesKeptMs = 60_000;

/** Of the threads of all scripts of a run, how many open their connections at a time. */
export const beginAtATime = 6;
