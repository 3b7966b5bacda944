package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"sort"
	"strings"
	"syscall"
	"time"

	"filippo.io/age"
	"filippo.io/age/agessh"
)

const (
	// backups is where the volume of dumps is mounted.
	backups = "/backups"
	// suffix of a finished dump; unfinished ones have another and are never restored or counted.
	suffix = ".dump.age"
	stamp  = "20060102T150405Z"
)

// backup makes a dump every day and keeps the dumps for some days, or so many of them. Of a database
// it notes between two dumps how many of the connections are taken, since no other container may ask.
//
// PGHOST PGPORT PGUSER PGDATABASE PGSSLMODE PGSSLROOTCERT  read by pg_dump and psql
// BACKUP_RECIPIENT  public key (ssh-ed25519); the private one is not on this host
// BACKUP_DAYS       days that dumps are kept
// BACKUP_KEEP       instead of days: dumps that are kept
// BACKUP_AT         time of day, UTC, e.g. 02:30
// BACKUP_OF         folder that a program copies; while it is empty there is nothing to copy
//
// "keeper backup now" makes one dump and ends. "-- PROGRAM ..." at the end names the program that
// prints the dump, where it is not pg_dump.
func backup(arguments []string) error {
	keep, err := keptOf(os.Getenv)
	if err != nil {
		return err
	}
	arguments, program := split(arguments)
	if len(arguments) == 1 && arguments[0] == "now" {
		return dump(keep, program)
	}
	at, err := time.Parse("15:04", os.Getenv("BACKUP_AT"))
	if err != nil {
		return fmt.Errorf("BACKUP_AT: %w", err)
	}
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGTERM, syscall.SIGINT)
	minute := time.NewTicker(time.Minute)
	for retry := time.Duration(0); ; {
		if due(time.Now().UTC(), at) && retry <= 0 {
			if err := dump(keep, program); err != nil {
				// Said in the log and by the alarm on the age of the newest dump.
				fmt.Fprintf(os.Stderr, "keeper backup: %v; next attempt in 15 minutes\n", err)
				retry = 15 * time.Minute
			}
		}
		if program == nil {
			if err := noteConnections(); err != nil {
				fmt.Fprintf(os.Stderr, "keeper backup: %v\n", err)
			}
		}
		select {
		case <-stop:
			return nil
		case <-minute.C:
			retry -= time.Minute
		}
	}
}

// due says whether a dump is missing: none at all, or none since the last time of day it was to be
// made. A host that was down at that time catches up.
func due(now, at time.Time) bool {
	last := time.Date(now.Year(), now.Month(), now.Day(), at.Hour(), at.Minute(), 0, 0, time.UTC)
	if last.After(now) {
		last = last.AddDate(0, 0, -1)
	}
	dumps, err := finished()
	if err != nil || len(dumps) == 0 {
		return err == nil
	}
	made, err := madeAt(dumps[len(dumps)-1])
	return err != nil || made.Before(last)
}

func dump(keep kept, program []string) (err error) {
	if empty, err := nothingIn(os.Getenv("BACKUP_OF")); empty || err != nil {
		if empty {
			fmt.Println("keeper backup: there is nothing to copy yet")
		}
		return err
	}
	label := os.Getenv("PGDATABASE")
	if program == nil {
		program = []string{"pg_dump", "--format=custom", "--compress=6"}
	} else {
		label = "files"
	}
	recipient, err := agessh.ParseRecipient(os.Getenv("BACKUP_RECIPIENT"))
	if err != nil {
		return fmt.Errorf("BACKUP_RECIPIENT: %w", err)
	}
	name := fmt.Sprintf("%s-%s%s", label, time.Now().UTC().Format(stamp), suffix)
	path := filepath.Join(backups, name)
	file, err := os.OpenFile(path+".part", os.O_CREATE|os.O_WRONLY|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	defer func() {
		_ = file.Close()
		if err != nil {
			_ = os.Remove(file.Name())
		}
	}()
	sealed, err := age.Encrypt(file, recipient)
	if err != nil {
		return err
	}
	if err = pipe(sealed, nil, program[0], program[1:]...); err != nil {
		return err
	}
	if err = errors.Join(sealed.Close(), file.Sync()); err != nil {
		return err
	}
	if err = os.Rename(file.Name(), path); err != nil {
		return err
	}
	fmt.Printf("keeper backup: wrote %s\n", name)
	return prune(keep)
}

// prune removes dumps past their days or number, never the newest one, and left-over parts.
func prune(keep kept) error {
	parts, err := filepath.Glob(filepath.Join(backups, "*.part"))
	if err != nil {
		return err
	}
	for _, part := range parts {
		err = errors.Join(err, os.Remove(part))
	}
	dumps, listed := finished()
	if listed != nil {
		return errors.Join(err, listed)
	}
	for _, name := range keep.past(dumps, time.Now().UTC()) {
		err = errors.Join(err, os.Remove(filepath.Join(backups, name)))
	}
	return err
}

// finished lists the dumps, oldest first: their names sort by time.
func finished() ([]string, error) {
	files, err := os.ReadDir(backups)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, file := range files {
		if strings.HasSuffix(file.Name(), suffix) {
			names = append(names, file.Name())
		}
	}
	sort.Slice(names, func(a, b int) bool { return stampOf(names[a]) < stampOf(names[b]) })
	return names, nil
}

func stampOf(name string) string {
	base := strings.TrimSuffix(name, suffix)
	return base[strings.LastIndex(base, "-")+1:]
}

func madeAt(name string) (time.Time, error) { return time.Parse(stamp, stampOf(name)) }

// noteConnections leaves the share of taken connections, percent, for the watch to read.
func noteConnections() error {
	const query = "SELECT round(100.0 * count(*) / current_setting('max_connections')::int) " +
		"FROM pg_stat_activity WHERE backend_type = 'client backend'"
	var answer strings.Builder
	if err := pipe(&answer, nil, "psql", "--no-psqlrc", "-At", "-c", query); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(backups, "connections"), []byte(answer.String()), 0o644)
}

func pipe(out io.Writer, in io.Reader, name string, arguments ...string) error {
	command := exec.Command(name, arguments...)
	command.Stdin, command.Stdout, command.Stderr = in, out, os.Stderr
	if err := command.Run(); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}
