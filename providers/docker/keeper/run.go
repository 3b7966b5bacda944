package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// timedOut is the exit code of coreutils' timeout, which operators know.
const timedOut = 124

type exit int

func (code exit) Error() string { return fmt.Sprintf("ended with exit code %d", int(code)) }

func exitCode(err error) int {
	var code exit
	if errors.As(err, &code) {
		return int(code)
	}
	return 1
}

// run replaces itself by the program, with one variable per secret file. A variable of a process
// is seen by `docker inspect` only if the engine set it; these the engine never knew.
func run(arguments []string) error {
	path, err := lookUp(arguments)
	if err != nil {
		return err
	}
	environment, err := withSecrets(filepath.Join(folder, "env"))
	if err != nil {
		return err
	}
	return syscall.Exec(path, arguments, environment)
}

// once runs the program to its end within the given seconds: keeper once SECONDS PROGRAM ...
func once(arguments []string) error {
	if len(arguments) < 2 {
		return errors.New("needs seconds and a program")
	}
	seconds, err := strconv.Atoi(arguments[0])
	if err != nil {
		return err
	}
	path, err := lookUp(arguments[1:])
	if err != nil {
		return err
	}
	environment, err := withSecrets(filepath.Join(folder, "env"))
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer stop()
	ctx, cancel := context.WithTimeout(ctx, time.Duration(seconds)*time.Second)
	defer cancel()
	command := exec.CommandContext(ctx, path, arguments[2:]...)
	command.Env = environment
	command.Stdout, command.Stderr = os.Stdout, os.Stderr
	command.Cancel = func() error { return command.Process.Signal(syscall.SIGTERM) }
	command.WaitDelay = 10 * time.Second
	err = command.Run()
	if ctx.Err() == context.DeadlineExceeded {
		fmt.Fprintf(os.Stderr, "keeper once: not ended after %d s\n", seconds)
		return exit(timedOut)
	}
	var failed *exec.ExitError
	if errors.As(err, &failed) {
		if code := failed.ExitCode(); code > 0 {
			return exit(code)
		}
		return exit(137)
	}
	return err
}

func lookUp(arguments []string) (string, error) {
	if len(arguments) == 0 {
		return "", errors.New("needs a program; the image has neither entry point nor command")
	}
	return exec.LookPath(arguments[0])
}

// withSecrets adds a variable for each file of the folder. A final line break is not part of it.
func withSecrets(folder string) ([]string, error) {
	environment := os.Environ()
	files, err := os.ReadDir(folder)
	if errors.Is(err, os.ErrNotExist) {
		return environment, nil
	}
	if err != nil {
		return nil, err
	}
	for _, file := range files {
		value, err := os.ReadFile(filepath.Join(folder, file.Name()))
		if err != nil {
			return nil, err
		}
		environment = append(environment, file.Name()+"="+strings.TrimSuffix(string(value), "\n"))
	}
	return environment, nil
}
