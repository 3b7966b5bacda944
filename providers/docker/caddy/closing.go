package main

import (
	"context"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/caddyserver/caddy/v2"
	"github.com/caddyserver/caddy/v2/modules/caddyevents"
	"github.com/caddyserver/caddy/v2/modules/caddyhttp"
)

// When a configuration replaces another, Go's servers drop whatever they read from a connection
// once they are told to stop: from those that were idle, and from those that had just been made. So
// before they are told, new connections have to arrive at the new servers only, and clients have to
// be asked to use another connection for what comes next (HTTP/2 has a message for that).
func init() {
	caddy.RegisterModule(Closing{})
	caddy.RegisterModule(closingListener{})
	caddy.RegisterModule(closer{})
}

// leaveTime is how long clients have to leave their connections. One that is silent for as long is
// hardly about to speak at the very moment that follows.
const leaveTime = 2 * time.Second

// Parts of configurations are numbered as they are made. Those up to closed are being replaced.
var made, closed atomic.Int64

var (
	mutex     sync.Mutex
	listeners = map[*listener]struct{}{}
)

// Closing is the HTTP handler "closing": it asks for another connection when the time has come.
type Closing struct {
	number int64
}

// CaddyModule names the module.
func (Closing) CaddyModule() caddy.ModuleInfo {
	return caddy.ModuleInfo{ID: "http.handlers.closing", New: func() caddy.Module { return new(Closing) }}
}

// Provision numbers the handler.
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

// closingListener is the listener wrapper "closing": it remembers what is listened on.
type closingListener struct{}

func (closingListener) CaddyModule() caddy.ModuleInfo {
	return caddy.ModuleInfo{
		ID:  "caddy.listeners.closing",
		New: func() caddy.Module { return new(closingListener) },
	}
}

func (closingListener) WrapListener(inner net.Listener) net.Listener {
	wrapped := &listener{Listener: inner, number: made.Add(1)}
	mutex.Lock()
	defer mutex.Unlock()
	listeners[wrapped] = struct{}{}
	return wrapped
}

type listener struct {
	net.Listener
	number int64
	once   sync.Once
	err    error
}

// Close may be called early, and once more by the server when it is told to stop.
func (l *listener) Close() error {
	l.once.Do(func() {
		mutex.Lock()
		delete(listeners, l)
		mutex.Unlock()
		l.err = l.Listener.Close()
	})
	return l.err
}

// closer is the handler "closing" of the events "started" and "stopping". When a configuration
// stops because of another one, that one is at work already.
type closer struct {
	last int64
}

func (closer) CaddyModule() caddy.ModuleInfo {
	return caddy.ModuleInfo{ID: "events.handlers.closing", New: func() caddy.Module { return new(closer) }}
}

func (c *closer) Handle(_ context.Context, event caddy.Event) error {
	if event.Name() == "started" {
		c.last = made.Load()
		return nil
	}
	closed.Store(c.last)
	for _, each := range c.own() {
		// Connections that wait there go over to the new listener: net.ipv4.tcp_migrate_req.
		_ = each.Close()
	}
	time.Sleep(leaveTime)
	return nil
}

// own lists the listeners of this configuration.
func (c *closer) own() []*listener {
	mutex.Lock()
	defer mutex.Unlock()
	var own []*listener
	for each := range listeners {
		if each.number <= c.last {
			own = append(own, each)
		}
	}
	return own
}

var (
	_ caddy.Provisioner           = (*Closing)(nil)
	_ caddyhttp.MiddlewareHandler = (*Closing)(nil)
	_ caddy.ListenerWrapper       = (*closingListener)(nil)
	_ caddyevents.Handler         = (*closer)(nil)
)
