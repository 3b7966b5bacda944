package main

import (
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/caddyserver/caddy/v2"
	"github.com/caddyserver/caddy/v2/modules/caddyhttp"
)

func init() { caddy.RegisterModule(Firewall{}) }

// Firewall is the handler "firewall": another one of the kind that wraps the answer's writer, told
// in "with", whose wrapper keeps answers until they are complete or some kilobytes long. Around it
// the answer goes on as it comes: events of a stream arrive when they happen, and a connection can
// be handed over for a WebSocket.
type Firewall struct {
	With json.RawMessage `json:"with" caddy:"namespace=http.handlers inline_key=handler"`

	inner caddyhttp.MiddlewareHandler
}

// CaddyModule names the module.
func (Firewall) CaddyModule() caddy.ModuleInfo {
	return caddy.ModuleInfo{ID: "http.handlers.firewall", New: func() caddy.Module { return new(Firewall) }}
}

// Provision loads the handler that is wrapped.
func (f *Firewall) Provision(ctx caddy.Context) error {
	module, err := ctx.LoadModule(f, "With")
	if err != nil {
		return fmt.Errorf("loading the firewall: %w", err)
	}
	inner, fits := module.(caddyhttp.MiddlewareHandler)
	if !fits {
		return fmt.Errorf("%T handles no requests", module)
	}
	f.inner = inner
	return nil
}

func (f *Firewall) ServeHTTP(w http.ResponseWriter, r *http.Request, next caddyhttp.Handler) error {
	return f.inner.ServeHTTP(w, r, caddyhttp.HandlerFunc(
		func(wrapped http.ResponseWriter, r *http.Request) error {
			return next.ServeHTTP(&passing{wrapped, w}, r)
		},
	))
}

// passing writes through the firewall's writer, which sees status and headers, and reaches around
// it for everything that has to happen now.
type passing struct {
	http.ResponseWriter
	client http.ResponseWriter
}

func (p *passing) WriteHeader(status int) {
	if status < 200 && status != http.StatusSwitchingProtocols {
		p.client.WriteHeader(status)
		return
	}
	p.ResponseWriter.WriteHeader(status)
	// The wrapper remembers the status until the first byte; this is none and lets it go.
	_, _ = p.ResponseWriter.Write(nil)
}

// FlushError is what http.ResponseController looks for.
func (p *passing) FlushError() error {
	_, _ = p.ResponseWriter.Write(nil)
	return http.NewResponseController(p.client).Flush()
}

// Unwrap leads http.ResponseController to the connection.
func (p *passing) Unwrap() http.ResponseWriter { return p.client }

var (
	_ caddy.Provisioner           = (*Firewall)(nil)
	_ caddyhttp.MiddlewareHandler = (*Firewall)(nil)
)
