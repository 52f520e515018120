// The measures of Benchmarks/tasks for Go, on one processor. usage: go run go_peer.go COUNT IDLE
package main

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"sort"
	"strconv"
	"strings"
	"sync"
	"time"
)

func report(name string, value float64, unit string) {
	fmt.Printf("%s\t%.4g\t%s\n", name, value, unit)
}

func best(count int, body func()) float64 {
	least := time.Duration(1 << 62)
	for i := 0; i < 3; i++ {
		runtime.GC()
		start := time.Now()
		body()
		if spent := time.Since(start); spent < least {
			least = spent
		}
	}
	return float64(least.Nanoseconds()) / float64(count)
}

func resident() int {
	bytes, _ := os.ReadFile("/proc/self/statm")
	pages, _ := strconv.Atoi(strings.Fields(string(bytes))[1])
	return pages * os.Getpagesize()
}

func p99(values []float64) float64 {
	sort.Float64s(values)
	return values[len(values)*99/100]
}

func main() {
	count, _ := strconv.Atoi(os.Args[1])
	idle, _ := strconv.Atoi(os.Args[2])
	runtime.GOMAXPROCS(1)
	report("yield", best(count, func() {
		var group sync.WaitGroup
		for i := 0; i < 2; i++ {
			group.Add(1)
			go func() {
				for i := 0; i < count/2; i++ {
					runtime.Gosched()
				}
				group.Done()
			}()
		}
		group.Wait()
	}), "ns")
	report("spawn and join", best(count, func() {
		done := make(chan bool)
		for i := 0; i < count; i++ {
			go func() { done <- true }()
			<-done
		}
	}), "ns")
	report("channel round trip", best(count, func() {
		there, back := make(chan int), make(chan int)
		go func() {
			for i := 0; i < count; i++ {
				back <- <-there
			}
		}()
		for i := 0; i < count; i++ {
			there <- i
			<-back
		}
	}), "ns")
	report("scope with a deadline", best(count, func() {
		for i := 0; i < count; i++ {
			_, cancel := context.WithTimeout(context.Background(), 5*time.Second)
			cancel()
		}
	}), "ns")
	report("select of four", best(count, func() {
		ready := make(chan int)
		close(ready)
		quiet, other, last := make(chan int), make(chan int), make(chan int)
		for i := 0; i < count; i++ {
			select {
			case <-ready:
			case <-quiet:
			case <-other:
			case <-last:
			}
		}
	}), "ns")

	var late []float64
	for i := 0; i < 2000; i++ {
		ctx, cancel := context.WithCancel(context.Background())
		raised := make(chan time.Time)
		go func() {
			<-ctx.Done()
			raised <- time.Now()
		}()
		runtime.Gosched()
		start := time.Now()
		cancel()
		late = append(late, float64((<-raised).Sub(start).Nanoseconds())/1e3)
	}
	report("cancel to first raise, p99", p99(late), "µs")

	runtime.GOMAXPROCS(2)
	end := make(chan bool)
	go func() {
		for sum := 0; ; sum++ {
			select {
			case <-end:
				return
			default:
			}
		}
	}()
	late = nil
	for i := 0; i < 400; i++ {
		due := time.Now().Add(5 * time.Millisecond)
		time.Sleep(5 * time.Millisecond)
		late = append(late, float64(time.Since(due).Nanoseconds())/1e6)
	}
	end <- true
	runtime.GOMAXPROCS(1)
	report("timers late, p99", p99(late), "ms")

	runtime.GC()
	before := resident()
	ctx, cancel := context.WithCancel(context.Background())
	var group sync.WaitGroup
	cleaned := 0
	for i := 0; i < idle; i++ {
		group.Add(1)
		go func() {
			defer group.Done()
			defer func() { cleaned++ }()
			timer := time.NewTimer(1000 * time.Second)
			defer timer.Stop()
			select {
			case <-timer.C:
			case <-ctx.Done():
			}
		}()
	}
	time.Sleep(500 * time.Millisecond)
	report("idle task", float64(resident()-before)/float64(idle), "bytes")
	start := time.Now()
	cancel()
	group.Wait()
	seconds := time.Since(start).Seconds()
	if cleaned != idle {
		panic("not all cleaned up")
	}
	report("cancel a million, one cleanup each", seconds*1e6/float64(idle), "s")
}
