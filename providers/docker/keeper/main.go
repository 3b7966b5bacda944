// Keeper is the one program that every container of a stack starts with or is looked after by. It
// is static and reads the few files and variables named beside each command, so that images need
// neither a shell nor curl.
package main

import (
	"fmt"
	"os"
)

// folder is where a workload's own files are mounted, read-only.
const folder = "/run/portolan"

var commands = map[string]func([]string) error{
	"run":     run,
	"once":    once,
	"probe":   probe,
	"routes":  routes,
	"backup":  backup,
	"pack":    pack,
	"restore": restore,
	"watch":   watch,
}

func main() {
	if len(os.Args) < 2 || commands[os.Args[1]] == nil {
		fmt.Fprintln(os.Stderr, "usage: keeper run|once|probe|routes|backup|pack|restore|watch")
		os.Exit(64)
	}
	if err := commands[os.Args[1]](os.Args[2:]); err != nil {
		fmt.Fprintf(os.Stderr, "keeper %s: %v\n", os.Args[1], err)
		os.Exit(exitCode(err))
	}
}
