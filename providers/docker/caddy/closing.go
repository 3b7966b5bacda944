package main

import (
	"net/http"
	"sync/atomic"

	"github.com/caddyserver/caddy/v2"
	"github.com/caddyserver/caddy/v2/modules/caddyhttp"
)

func init() {
	caddy.RegisterModule(Closing{})
	caddy.RegisterModule(closingAdmin{})
}

// Configurations are numbered; those up to closed are about to be replaced.
var made, closed atomic.Int64

// Closing is the handler "closing": it asks HTTP/1.1 clients to use another connection for what
// comes next, once POST /closing has been asked of the administration. A new configuration closes
// all connections that are idle at that moment, and a client that has just sent a request on one
// would never get an answer. HTTP/2 has a message for that.
type Closing struct {
	number int64
}

// CaddyModule names the module.
func (Closing) CaddyModule() caddy.ModuleInfo {
	return caddy.ModuleInfo{ID: "http.handlers.closing", New: func() caddy.Module { return new(Closing) }}
}

// Provision numbers this configuration: the one before is asked to close, not this one.
func (c *Closing) Provision(caddy.Context) error {
	c.number = made.Add(1)
	return nil
}

func (c *Closing) ServeHTTP(w http.ResponseWriter, r *http.Request, next caddyhttp.Handler) error {
	if c.number <= closed.Load() && r.ProtoMajor == 1 && r.Header.Get("Upgrade") == "" {
		w.Header().Set("Connection", "close")
	}
	return next.ServeHTTP(w, r)
}

// closingAdmin answers POST /closing.
type closingAdmin struct{}

func (closingAdmin) CaddyModule() caddy.ModuleInfo {
	return caddy.ModuleInfo{ID: "admin.api.closing", New: func() caddy.Module { return new(closingAdmin) }}
}

// Routes is asked by the administration.
func (closingAdmin) Routes() []caddy.AdminRoute {
	begin := func(_ http.ResponseWriter, r *http.Request) error {
		if r.Method != http.MethodPost {
			return caddy.APIError{HTTPStatus: http.StatusMethodNotAllowed}
		}
		closed.Store(made.Load())
		return nil
	}
	return []caddy.AdminRoute{{Pattern: "/closing", Handler: caddy.AdminHandlerFunc(begin)}}
}

var (
	_ caddy.Provisioner           = (*Closing)(nil)
	_ caddyhttp.MiddlewareHandler = (*Closing)(nil)
	_ caddy.AdminRouter           = (*closingAdmin)(nil)
)
