//go:build tools

// Pins what `go build` makes of k6: the program stays one of its own (AGPL-3.0) and is not part of pathproof.
package tools

import _ "go.k6.io/k6/v2"
