package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"
)

var prober = &http.Client{
	// A redirect is not the 200 that was asked for.
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	Transport:     &http.Transport{DisableKeepAlives: true},
}

// probe asks one address and succeeds on 200 alone.
func probe(arguments []string) error {
	if len(arguments) != 1 {
		return errors.New("needs one address")
	}
	return ask(arguments[0], time.Minute)
}

func ask(address string, timeout time.Duration) error {
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return err
	}
	response, err := prober.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	_, _ = io.Copy(io.Discard, io.LimitReader(response.Body, 1<<20))
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("%s answered %d", address, response.StatusCode)
	}
	return nil
}
