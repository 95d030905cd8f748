import type { AdviceClient } from "../client.ts";

// https://nginx.org/en/docs/http/ngx_http_upstream_module.html
export const nginx: AdviceClient = {
  id: "nginx",
  title: "nginx as a proxy (upstream)",
  language: "nginx",
  snippet: ({ idleDropMs, ageMaxMs, pool }) => ({
    code: `upstream backend {
    server backend.internal:443;
    keepalive ${pool};              # idle connections kept, each worker its own
    keepalive_timeout ${idleDropMs}ms;
${ageMaxMs === null ? "" : `    keepalive_time ${ageMaxMs}ms;    # replaced at this age\n`}}

server {
    location / {
        proxy_pass https://backend;
        proxy_http_version 1.1;
        proxy_set_header Connection "";
        proxy_socket_keepalive on;
        proxy_next_upstream error timeout;   # never non_idempotent: POSTs are not sent twice
        proxy_next_upstream_tries 2;
    }
}
`,
    notes: [
      "Names in `server` are resolved once, at start, unless `resolve` and a `resolver` say otherwise: an endpoint's address that changes is missed.",
      "`proxy_socket_keepalive` takes the kernel's interval (net.ipv4.tcp_keepalive_time, 7200 s unless set otherwise): set that too.",
      "nginx tries a request again on a cached connection that was dead before any answer, but a POST only with `non_idempotent`.",
    ],
  }),
};
