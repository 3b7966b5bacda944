package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"filippo.io/age"
	"filippo.io/age/agessh"
)

// restore puts a dump back into the database, in one transaction: all of it or nothing.
//
//	keeper restore           lists the dumps, oldest first
//	keeper restore latest    or the name of a dump; the private key comes on standard input
//
// A copy that a program printed is printed again: a tar.gz of a folder, or what the program makes.
func restore(arguments []string) error {
	dumps, err := finished()
	if err != nil {
		return err
	}
	if len(arguments) == 0 {
		for _, name := range dumps {
			fmt.Println(name)
		}
		return nil
	}
	name := arguments[0]
	if name == "latest" {
		if len(dumps) == 0 {
			return errors.New("there is no dump")
		}
		name = dumps[len(dumps)-1]
	}
	key, err := io.ReadAll(os.Stdin)
	if err != nil {
		return err
	}
	identity, err := agessh.ParseIdentity(key)
	if err != nil {
		return fmt.Errorf("the private key on standard input: %w", err)
	}
	file, err := os.Open(filepath.Join(backups, filepath.Base(name)))
	if err != nil {
		return err
	}
	defer file.Close()
	opened, err := age.Decrypt(file, identity)
	if err != nil {
		return err
	}
	if os.Getenv("PGDATABASE") == "" {
		_, err = io.Copy(os.Stdout, opened)
		return err
	}
	err = pipe(os.Stdout, opened, "pg_restore", "--single-transaction", "--clean", "--if-exists",
		"--exit-on-error", "--dbname", os.Getenv("PGDATABASE"))
	if err != nil {
		return err
	}
	// pg_restore may stop reading before the end; a truncated file would show only here.
	if _, err := io.Copy(io.Discard, opened); err != nil {
		return fmt.Errorf("%s is damaged after what was restored: %w", name, err)
	}
	fmt.Printf("keeper restore: %s is restored\n", name)
	return nil
}
