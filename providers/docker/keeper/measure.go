package main

import (
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// measure returns what is wrong, or nil. That something cannot be measured is wrong, too.
func (c *check) measure(answers *answers) error {
	switch c.Kind {
	case "health":
		return c.health()
	case "disk":
		return c.disk()
	case "certificate":
		return c.certificate()
	case "backup":
		return c.backup()
	case "connections":
		return c.connections()
	case "errors":
		return answers.errorShare(c)
	case "latency":
		return answers.latency(c)
	}
	return fmt.Errorf("no check is called %q", c.Kind)
}

func (c *check) health() error {
	var problems []error
	for _, address := range c.URLs {
		problems = append(problems, ask(address, time.Duration(c.TimeoutSeconds)*time.Second))
	}
	return errors.Join(problems...)
}

// disk looks at the file system of a volume: all volumes of a host share it unless somebody moved
// them.
func (c *check) disk() error {
	var stat syscall.Statfs_t
	if err := syscall.Statfs(c.Path, &stat); err != nil {
		return err
	}
	free := 100 * float64(stat.Bavail) / float64(stat.Blocks)
	if free < c.Limit {
		return fmt.Errorf("%.0f %% of the disk is free, less than %.0f %%", free, c.Limit)
	}
	return nil
}

// certificate looks at how long the edge's certificate is still valid. Whether a client trusts it
// is not the question here.
func (c *check) certificate() error {
	dialer := &net.Dialer{Timeout: 10 * time.Second}
	config := &tls.Config{ServerName: c.ServerName, InsecureSkipVerify: true}
	connection, err := tls.DialWithDialer(dialer, "tcp", c.Address, config)
	if err != nil {
		return err
	}
	defer connection.Close()
	left := time.Until(connection.ConnectionState().PeerCertificates[0].NotAfter)
	if left < time.Duration(c.Limit*float64(time.Hour)) {
		return fmt.Errorf("the certificate of %s ends in %.0f hours", c.ServerName, left.Hours())
	}
	return nil
}

func (c *check) backup() error {
	newest := time.Time{}
	files, err := filepath.Glob(filepath.Join(c.Path, "*"+suffix))
	if err != nil {
		return err
	}
	for _, file := range files {
		if made, err := madeAt(filepath.Base(file)); err == nil && made.After(newest) {
			newest = made
		}
	}
	if newest.IsZero() {
		return errors.New("there is no backup")
	}
	if age := time.Since(newest); age.Hours() > c.Limit {
		return fmt.Errorf("the newest backup is %.0f hours old", age.Hours())
	}
	return nil
}

func (c *check) connections() error {
	file := filepath.Join(c.Path, "connections")
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	if stat, err := os.Stat(file); err == nil && time.Since(stat.ModTime()) > 10*time.Minute {
		return errors.New("connections were not counted for 10 minutes")
	}
	share, err := strconv.ParseFloat(strings.TrimSpace(string(text)), 64)
	if err != nil {
		return err
	}
	if share > c.Limit {
		return fmt.Errorf("%.0f %% of the connections are taken", share)
	}
	return nil
}

// host of an address; the rest of a webhook's address is often its password.
func host(address string) string {
	parsed, err := url.Parse(address)
	if err != nil {
		return "a webhook"
	}
	return parsed.Host
}
