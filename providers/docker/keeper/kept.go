package main

import (
	"archive/tar"
	"compress/gzip"
	"errors"
	"fmt"
	"os"
	"strconv"
	"time"
)

// kept says how long dumps are kept: for days, or so many of them.
type kept struct{ days, number int }

func keptOf(get func(string) string) (kept, error) {
	if text := get("BACKUP_KEEP"); text != "" {
		number, err := strconv.Atoi(text)
		if err != nil || number < 1 {
			return kept{}, fmt.Errorf("BACKUP_KEEP: %q is no number of dumps", text)
		}
		return kept{number: number}, nil
	}
	days, err := strconv.Atoi(get("BACKUP_DAYS"))
	if err != nil {
		return kept{}, fmt.Errorf("BACKUP_DAYS: %w", err)
	}
	return kept{days: days}, nil
}

// past lists the dumps that go; the newest one stays in any case.
func (k kept) past(dumps []string, now time.Time) []string {
	if k.number > 0 {
		return dumps[:max(len(dumps)-k.number, 0)]
	}
	var past []string
	limit := now.AddDate(0, 0, -k.days)
	for _, name := range dumps[:max(len(dumps)-1, 0)] {
		if made, err := madeAt(name); err == nil && made.Before(limit) {
			past = append(past, name)
		}
	}
	return past
}

// split parts the keeper's own words from the program after "--".
func split(arguments []string) (own, program []string) {
	for at, word := range arguments {
		if word == "--" {
			return arguments[:at], arguments[at+1:]
		}
	}
	return arguments, nil
}

// nothingIn says whether a folder holds nothing but the mark of a new volume.
func nothingIn(folder string) (bool, error) {
	if folder == "" {
		return false, nil
	}
	files, err := os.ReadDir(folder)
	if err != nil {
		return false, err
	}
	return len(files) == 0 || len(files) == 1 && files[0].Name() == ".keep", nil
}

// pack prints a folder as a compressed archive: keeper pack FOLDER.
func pack(arguments []string) error {
	if len(arguments) != 1 {
		return errors.New("needs a folder")
	}
	squeezed := gzip.NewWriter(os.Stdout)
	archive := tar.NewWriter(squeezed)
	if err := archive.AddFS(os.DirFS(arguments[0])); err != nil {
		return err
	}
	return errors.Join(archive.Close(), squeezed.Close())
}
