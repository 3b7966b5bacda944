package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"
)

// upstream is one replica that must be healthy before it is given requests.
type upstream struct {
	URL            string `json:"url"`
	HealthyAfter   int    `json:"healthyAfter"`
	TimeoutSeconds int    `json:"timeoutSeconds"`
	WaitSeconds    int    `json:"waitSeconds"`
}

// routes hands the edge a new configuration, once every replica it names has proved healthy. The
// edge answers after it has switched over, so that success means: the old replicas may go.
//
// EDGE_CONFIG  the configuration, JSON
// UPSTREAMS    the replicas, a JSON list
// EDGE_SOCKET  the edge's administration socket
// DRAIN_SECONDS  how long replicas that get no more requests may finish those they have
func routes([]string) error {
	var upstreams []upstream
	if err := json.Unmarshal([]byte(os.Getenv("UPSTREAMS")), &upstreams); err != nil {
		return fmt.Errorf("UPSTREAMS: %w", err)
	}
	results := make(chan error, len(upstreams))
	for _, each := range upstreams {
		go func() { results <- each.await() }()
	}
	var problems []error
	for range upstreams {
		problems = append(problems, <-results)
	}
	if err := errors.Join(problems...); err != nil {
		return fmt.Errorf("the routes were left as they are: %w", err)
	}
	drain, err := strconv.Atoi(os.Getenv("DRAIN_SECONDS"))
	if err != nil {
		return fmt.Errorf("DRAIN_SECONDS: %w", err)
	}
	had, err := load(os.Getenv("EDGE_SOCKET"), []byte(os.Getenv("EDGE_CONFIG")))
	if err == nil && had {
		time.Sleep(time.Duration(drain) * time.Second)
	}
	return err
}

// await needs as many good answers in a row as the service's health check says.
func (u upstream) await() error {
	deadline := time.Now().Add(time.Duration(u.WaitSeconds) * time.Second)
	good := 0
	for {
		err := ask(u.URL, time.Duration(u.TimeoutSeconds)*time.Second)
		if err != nil {
			good = 0
		} else if good++; good >= u.HealthyAfter {
			return nil
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("%s is not healthy after %d s: %w", u.URL, u.WaitSeconds, err)
		}
		time.Sleep(time.Second)
	}
}

// load also says whether the edge had routes before: then somebody may still be answered by them.
func load(socket string, config []byte) (had bool, err error) {
	client := &http.Client{
		// A busy edge takes its time to read the firewall's rules; the old routes serve meanwhile.
		Timeout: 5 * time.Minute,
		Transport: &http.Transport{
			DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
				return (&net.Dialer{}).DialContext(ctx, "unix", socket)
			},
		},
	}
	// The edge starts at the same time on the first run.
	var before []byte
	for attempt := 0; attempt < 60; attempt++ {
		if before, err = send(client.Get("http://127.0.0.1/config/apps")); err == nil {
			break
		}
		time.Sleep(time.Second)
	}
	if err != nil {
		return false, fmt.Errorf("the edge does not answer: %w", err)
	}
	had = strings.TrimSpace(string(before)) != "null"
	_, err = send(client.Post("http://127.0.0.1/load", "application/json", bytes.NewReader(config)))
	return had, err
}

func send(response *http.Response, err error) ([]byte, error) {
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, 1<<20))
	if err == nil && response.StatusCode != http.StatusOK {
		err = fmt.Errorf("the edge answered %d: %s", response.StatusCode, body)
	}
	return body, err
}
