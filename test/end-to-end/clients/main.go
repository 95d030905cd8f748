// Asks through the Transport of the snippet, or a plain one; with POST, which Go does not send again by itself.
package main

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"

	"asking/client"
)

func main() {
	transport := &http.Transport{}
	if os.Getenv("ADVISED") == "yes" {
		transport = client.Transport()
	}
	pem, err := os.ReadFile(os.Getenv("CA_FILE"))
	if err != nil {
		panic(err)
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(pem)
	transport.TLSClientConfig = &tls.Config{RootCAs: roots}
	asking := &http.Client{Transport: transport, Timeout: 5 * time.Second}
	silence, err := strconv.Atoi(os.Getenv("SILENCE_MS"))
	if err != nil {
		panic(err)
	}
	failures := []string{}
	for round := 0; round < 3; round++ {
		for again := 0; again < 2; again++ {
			response, err := asking.Post(os.Getenv("ORIGIN")+"/", "application/json", strings.NewReader("{}"))
			if err != nil {
				failures = append(failures, fmt.Sprint(err))
				continue
			}
			io.Copy(io.Discard, response.Body)
			response.Body.Close()
		}
		if round < 2 {
			time.Sleep(time.Duration(silence) * time.Millisecond)
		}
	}
	json.NewEncoder(os.Stdout).Encode(failures)
}
