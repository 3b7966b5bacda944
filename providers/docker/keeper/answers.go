package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"sort"
	"time"
)

// answers are the edge's recent answers, read from its access log.
type answers struct {
	path    string
	offset  int64
	entries []entry
}

type entry struct {
	Time     float64 `json:"ts"`
	Status   int     `json:"status"`
	Duration float64 `json:"duration"`
	Backend  string  `json:"backend"`
}

func newAnswers() *answers { return &answers{path: os.Getenv("ACCESS_LOG")} }

// read takes what was written since the last time and forgets what no check looks back to.
func (a *answers) read(checks []*check) {
	if a.path == "" {
		return
	}
	file, err := os.Open(a.path)
	if err != nil {
		return
	}
	defer file.Close()
	if stat, err := file.Stat(); err == nil && stat.Size() < a.offset {
		a.offset = 0 // The log was rotated.
	}
	if _, err := file.Seek(a.offset, io.SeekStart); err != nil {
		return
	}
	lines := bufio.NewReader(file)
	for {
		line, err := lines.ReadBytes('\n')
		if err != nil {
			break
		}
		a.offset += int64(len(line))
		var one entry
		if json.Unmarshal(line, &one) == nil && one.Status > 0 {
			a.entries = append(a.entries, one)
		}
	}
	longest := 1
	for _, each := range checks {
		longest = max(longest, each.Minutes)
	}
	from := sort.Search(len(a.entries), func(i int) bool { return a.entries[i].Time >= ago(longest) })
	a.entries = append([]entry(nil), a.entries[from:]...)
}

func ago(minutes int) float64 {
	return float64(time.Now().Add(-time.Duration(minutes)*time.Minute).UnixMilli()) / 1000
}

func (a *answers) of(c *check) []entry {
	var chosen []entry
	for _, one := range a.entries {
		if one.Backend == c.Backend && one.Time >= ago(c.Minutes) {
			chosen = append(chosen, one)
		}
	}
	return chosen
}

func (a *answers) errorShare(c *check) error {
	all := a.of(c)
	failed := 0
	for _, one := range all {
		if one.Status >= 500 {
			failed++
		}
	}
	if len(all) == 0 || failed < c.MinCount {
		return nil
	}
	if share := 100 * float64(failed) / float64(len(all)); share > c.Limit {
		return fmt.Errorf("%.1f %% of %d answers were server errors", share, len(all))
	}
	return nil
}

func (a *answers) latency(c *check) error {
	all := a.of(c)
	if len(all) == 0 {
		return nil
	}
	sort.Slice(all, func(i, j int) bool { return all[i].Duration < all[j].Duration })
	p95 := all[(len(all)*95+99)/100-1].Duration
	if p95 > c.Limit {
		return fmt.Errorf("the 95th percentile of the answer time is %.2f s", p95)
	}
	return nil
}
