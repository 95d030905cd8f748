/** What k6's numbers mean, for whoever sets them beside others. */
export const durationNote =
  "k6's http_req_duration begins when the request is written and ends with the last byte of the answer: neither DNS, nor connecting, nor the TLS handshake is in it. It does not start when the request was due.";

export const failureNote =
  "Failed requests were left out of the latencies; k6's own percentiles have them in, a refused connection as 0 ms.";

export const reuseNote =
  "How connections were reused is not told: k6 sends some requests again when a kept connection dies, and counts the reconnecting as sending.";
