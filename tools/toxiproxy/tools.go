//go:build tools

// Pins the toxiproxy (MIT) that tests put between client and lab. It is no part of pathproof and is never shipped.
package tools

import _ "github.com/Shopify/toxiproxy/v2/cmd/server"
