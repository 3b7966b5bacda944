package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"

	"github.com/caddyserver/caddy/v2"
	"github.com/caddyserver/caddy/v2/modules/caddyhttp"
)

func init() { caddy.RegisterModule(Firewall{}) }

// Firewall is the handler "firewall" around another one, told in "with", that inspects requests.
//
// That one's writer keeps answers until they are complete or some kilobytes long. Around it the
// answer goes on as it comes: events of a stream arrive when they happen, and a connection can be
// handed over for a WebSocket.
//
// Its rules look at every value of a body, so that a body of many values takes the time and memory
// of everybody else. It gets to see bodies within the limits only; of other requests, all but the
// body.
type Firewall struct {
	With      json.RawMessage `json:"with" caddy:"namespace=http.handlers inline_key=handler"`
	Inspected Limits          `json:"inspected"`

	inner caddyhttp.MiddlewareHandler
}

// Limits of the bodies that are inspected.
type Limits struct {
	Bytes  int `json:"bytes"`
	Values int `json:"values"`
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
	whole, fits, err := f.Inspected.look(r.Body)
	if err != nil {
		return err
	}
	r.Body = whole
	if !fits {
		r.Body = http.NoBody
	}
	return f.inner.ServeHTTP(w, r, caddyhttp.HandlerFunc(
		func(wrapped http.ResponseWriter, r *http.Request) error {
			if !fits {
				r.Body = whole
			}
			return next.ServeHTTP(&passing{wrapped, w}, r)
		},
	))
}

// look reads as much of a body as may be inspected and says whether that is all of it, with few
// enough values. The body it returns is complete again.
func (l Limits) look(body io.ReadCloser) (whole io.ReadCloser, fits bool, err error) {
	if body == nil || body == http.NoBody {
		return body, true, nil
	}
	head, err := io.ReadAll(io.LimitReader(body, int64(l.Bytes)+1))
	if err != nil {
		return nil, false, err
	}
	values := 0
	for _, separator := range []string{",", "&", "[", "{"} {
		values += bytes.Count(head, []byte(separator))
	}
	whole = struct {
		io.Reader
		io.Closer
	}{io.MultiReader(bytes.NewReader(head), body), body}
	return whole, len(head) <= l.Bytes && values <= l.Values, nil
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
