import type { AdviceClient } from "../client.ts";

// https://www.envoyproxy.io/docs/envoy/latest/faq/configuration/timeouts
export const envoy: AdviceClient = {
  id: "envoy",
  title: "Envoy (upstream cluster)",
  language: "yaml",
  snippet: ({ idleDropMs, tcpKeepAliveMs, ageMaxMs, pool }) => ({
    code: `clusters:
  - name: backend
    type: STRICT_DNS
    connect_timeout: 5s
    load_assignment:
      cluster_name: backend
      endpoints: [{ lb_endpoints: [{ endpoint: { address: { socket_address: { address: backend.internal, port_value: 443 } } } }] }]
    transport_socket:
      name: envoy.transport_sockets.tls
      typed_config:
        "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext
        sni: backend.internal
        common_tls_context:
          validation_context:
            trusted_ca: { filename: /etc/ssl/certs/ca-certificates.crt }
            match_typed_subject_alt_names: [{ san_type: DNS, matcher: { exact: backend.internal } }]
    typed_extension_protocol_options:
      envoy.extensions.upstreams.http.v3.HttpProtocolOptions:
        "@type": type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions
        explicit_http_config: { http_protocol_options: {} }
        common_http_protocol_options:
          idle_timeout: ${idleDropMs / 1000}s
${ageMaxMs === null ? "" : `          max_connection_duration: ${ageMaxMs / 1000}s\n`}    upstream_connection_options:
      tcp_keepalive: { keepalive_time: ${tcpKeepAliveMs / 1000}, keepalive_interval: ${tcpKeepAliveMs / 1000}, keepalive_probes: 3 }
    circuit_breakers: { thresholds: [{ max_connections: ${pool} }] }
# and on the route, for idempotent methods only:
#   retry_policy: { retry_on: "connect-failure,refused-stream,reset", num_retries: 1 }
`,
    notes: [
      "`STRICT_DNS` asks for IPv6 addresses first: where a name has those too and only IPv4 leads there, add `dns_lookup_family: V4_ONLY`.",
      "Upstream connections are idle for an hour unless `idle_timeout` is set, longer than any front of AWS's keeps them.",
      "`reset` also covers requests that were read before the connection ended: keep POSTs out by matching methods on the route.",
      "`max_connection_duration` drains: what is under way may finish. It has no jitter.",
    ],
  }),
};
