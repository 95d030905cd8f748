export const latencyNote =
  "vegeta's latency goes from its call to send until the body was read: DNS, connecting and the TLS handshake are in it where a connection was opened. vegeta sends at a rate, but its latency does not start when the request was due.";
