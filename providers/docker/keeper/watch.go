package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"
)

// check is one alarm: its name, what it looks at, and its limits. Fields that a kind does not use
// are absent.
type check struct {
	Name           string   `json:"name"`
	Kind           string   `json:"kind"`
	URLs           []string `json:"urls"`
	Failures       int      `json:"failures"`
	Path           string   `json:"path"`
	Address        string   `json:"address"`
	ServerName     string   `json:"serverName"`
	Backend        string   `json:"backend"`
	Limit          float64  `json:"limit"`
	MinCount       int      `json:"minCount"`
	Minutes        int      `json:"minutes"`
	TimeoutSeconds int      `json:"timeoutSeconds"`

	failed int
	firing bool
}

// watch looks at everything once a minute and tells the webhooks when an alarm begins and ends.
//
// CHECKS    the alarms, a JSON list
// WEBHOOKS  addresses, a JSON list
// STACK     named in every message
func watch([]string) error {
	var checks []*check
	var webhooks []string
	if err := json.Unmarshal([]byte(os.Getenv("CHECKS")), &checks); err != nil {
		return fmt.Errorf("CHECKS: %w", err)
	}
	if err := json.Unmarshal([]byte(os.Getenv("WEBHOOKS")), &webhooks); err != nil {
		return fmt.Errorf("WEBHOOKS: %w", err)
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer stop()
	answers := newAnswers()
	tick := time.NewTicker(interval())
	for {
		answers.read(checks)
		for _, each := range checks {
			each.look(answers, webhooks)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// interval is a minute; drills shorten it.
func interval() time.Duration {
	if given, err := time.ParseDuration(os.Getenv("WATCH_EVERY")); err == nil {
		return given
	}
	return time.Minute
}

// look runs the check and tells of a change. What could not be delivered is tried again next time.
func (c *check) look(answers *answers, webhooks []string) {
	problem := c.measure(answers)
	if problem == nil {
		c.failed = 0
	} else {
		c.failed++
	}
	firing := problem != nil && c.failed >= max(c.Failures, 1)
	if firing == c.firing || (problem != nil && !firing) {
		return
	}
	state, text := "resolved", "is well again"
	if firing {
		state, text = "firing", problem.Error()
	}
	fmt.Printf("keeper watch: %s %s: %s\n", c.Name, state, text)
	delivered := true
	for _, webhook := range webhooks {
		if err := tell(webhook, c.Name, state, text); err != nil {
			fmt.Fprintf(os.Stderr, "keeper watch: %s was not told of %s: %v\n", host(webhook), c.Name, err)
			delivered = false
		}
	}
	if delivered {
		c.firing = firing
	}
}

func tell(webhook, alarm, state, text string) error {
	message := fmt.Sprintf("%s: %s is %s: %s", os.Getenv("STACK"), alarm, state, text)
	body, err := json.Marshal(map[string]string{
		"stack": os.Getenv("STACK"), "alarm": alarm, "state": state, "text": message,
	})
	if err != nil {
		return err
	}
	client := &http.Client{Timeout: 20 * time.Second}
	response, err := client.Post(webhook, "application/json", bytes.NewReader(body))
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode >= 300 {
		return fmt.Errorf("answered %d", response.StatusCode)
	}
	return nil
}
