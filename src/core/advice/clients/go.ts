import type { AdviceClient } from "../client.ts";

// https://pkg.go.dev/net/http#Transport
export const go: AdviceClient = {
  id: "go",
  title: "Go net/http",
  language: "go",
  snippet: ({ idleDropMs, tcpKeepAliveMs, ageMaxMs, ageJitter, pool }) => ({
    code: `package client

import (
${ageMaxMs === null ? "" : '\t"math/rand"\n'}	"net"
	"net/http"
	"time"
)

// Transport is to be made once and shared: connections belong to it.
func Transport() *http.Transport {
	dialer := &net.Dialer{Timeout: 5 * time.Second, KeepAlive: ${tcpKeepAliveMs / 1000} * time.Second}
	transport := &http.Transport{
		Proxy:                 http.ProxyFromEnvironment,
		DialContext:           dialer.DialContext,
		ForceAttemptHTTP2:     true,
		TLSHandshakeTimeout:   5 * time.Second,
		IdleConnTimeout:       ${idleDropMs} * time.Millisecond,
		MaxIdleConns:          ${pool * 4},
		MaxIdleConnsPerHost:   ${pool}, // 2 unless set: the others are closed after each answer
		ExpectContinueTimeout: time.Second,
	}
${ageMaxMs === null ? "" : "\tgo renew(transport)\n"}	return transport
}
${ageMaxMs === null ? "" : renewing(ageMaxMs, ageJitter)}`,
    notes: [
      "The Transport sends GET, HEAD, OPTIONS and TRACE again by itself, and others with an `Idempotency-Key` header, when a reused connection ends before any answer: stale connections then show in no error, only in latency.",
      "A POST without that header fails with EOF or `connection reset by peer`; retry it only where the service deduplicates.",
      ...(ageMaxMs === null
        ? []
        : [
            "Go has no maximum age. `renew` closes what is idle at that moment; a connection that is never idle lives on until the server announces its end.",
          ]),
    ],
  }),
};

const renewing = (ageMs: number, jitter: number): string => `
// renew closes idle connections before they reach the age at which the other side ends them.
func renew(transport *http.Transport) {
	for {
		time.Sleep(time.Duration(${ageMs}*(1-${jitter}*rand.Float64())) * time.Millisecond)
		transport.CloseIdleConnections()
	}
}
`;
