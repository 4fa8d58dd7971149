// Verifies a Venia bundle of a whole log with Go's own packages for the checksum database, and nothing of ours.
//
//	go run sumdb.go DIR VKEY [PIN]...
//
// Exit status: 0 verified, 1 not, 2 could not run.  Needs golang.org/x/mod (Debian: golang-golang-x-mod-dev).
package main

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// fail ends the program: 1 for evidence that does not hold, 2 for what could not be read.
func fail(status int, format string, arguments ...interface{}) {
	fmt.Printf("NOT VERIFIED "+format+"\n", arguments...)
	os.Exit(status)
}

func read(path string) []byte {
	data, err := os.ReadFile(path)
	if err != nil {
		fail(2, "%v", err)
	}
	return data
}

// open checks the signature of a checkpoint (c2sp.org/tlog-checkpoint) and reads it.
func open(path string, verifier note.Verifier) tlog.Tree {
	signed, err := note.Open(read(path), note.VerifierList(verifier))
	if err != nil {
		fail(1, "%s: %v", path, err)
	}
	lines := strings.Split(signed.Text, "\n")
	if len(lines) < 4 || lines[0] != verifier.Name() {
		fail(1, "%s is no checkpoint of %s", path, verifier.Name())
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	root, bad := base64.StdEncoding.DecodeString(lines[2])
	if err != nil || bad != nil || len(root) != tlog.HashSize {
		fail(1, "%s is no checkpoint", path)
	}
	tree := tlog.Tree{N: size}
	copy(tree.Hash[:], root)
	return tree
}

// store keeps the hashes of the tree in the order in which tlog numbers them.
type store []tlog.Hash

func (s store) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	hashes := make([]tlog.Hash, len(indexes))
	for at, index := range indexes {
		hashes[at] = s[index]
	}
	return hashes, nil
}

// bundlePath names the tile of entries n of a tree (c2sp.org/tlog-tiles).
func bundlePath(n, size int64) string {
	name := fmt.Sprintf("%03d", n%1000)
	for rest := n / 1000; rest > 0; rest /= 1000 {
		name = fmt.Sprintf("x%03d/%s", rest%1000, name)
	}
	if width := size - n*256; width < 256 {
		name += fmt.Sprintf(".p/%d", width)
	}
	return filepath.Join("tile", "entries", filepath.FromSlash(name))
}

// grow adds every entry of the bundle to the tree.
func grow(dir string, size int64) (store, []tlog.Hash) {
	hashes, leaves := store{}, []tlog.Hash{}
	for n := int64(0); n*256 < size; n++ {
		data := read(filepath.Join(dir, bundlePath(n, size)))
		for len(data) > 0 {
			if len(data) < 2 || len(data) < 2+int(binary.BigEndian.Uint16(data)) {
				fail(1, "tile %d ends within an entry", n)
			}
			end := 2 + int(binary.BigEndian.Uint16(data))
			stored, err := tlog.StoredHashes(int64(len(leaves)), data[2:end], hashes)
			if err != nil {
				fail(1, "%v", err)
			}
			hashes = append(hashes, stored...)
			leaves = append(leaves, tlog.RecordHash(data[2:end]))
			data = data[end:]
		}
	}
	return hashes, leaves
}

func main() {
	if len(os.Args) < 3 {
		fail(2, "usage: sumdb DIR VKEY [PIN]...")
	}
	dir := os.Args[1]
	verifier, err := note.NewVerifier(os.Args[2])
	if err != nil {
		fail(2, "the verifier key: %v", err)
	}
	tree := open(filepath.Join(dir, "checkpoint"), verifier)
	hashes, leaves := grow(dir, tree.N)
	if int64(len(leaves)) != tree.N || tree.N == 0 {
		fail(1, "%d entries are here, %d were signed", len(leaves), tree.N)
	}
	root, err := tlog.TreeHash(tree.N, hashes)
	if err != nil || root != tree.Hash {
		fail(1, "the entries are not those that were signed")
	}
	for _, index := range []int64{0, tree.N / 2, tree.N - 1} {
		proof, err := tlog.ProveRecord(tree.N, index, hashes)
		if err != nil || tlog.CheckRecord(proof, tree.N, tree.Hash, index, leaves[index]) != nil {
			fail(1, "entry %d is not proven", index)
		}
	}
	earlier, _ := filepath.Glob(filepath.Join(dir, "checkpoints", "*"))
	for _, path := range append(earlier, os.Args[3:]...) {
		old := open(path, verifier)
		if old.N > tree.N {
			fail(1, "%s has %d entries, this bundle %d: it was cut", path, old.N, tree.N)
		}
		if old.N == 0 {
			continue
		}
		proof, err := tlog.ProveTree(tree.N, old.N, hashes)
		if err != nil || tlog.CheckTree(proof, tree.N, tree.Hash, old.N, old.Hash) != nil {
			fail(1, "the log does not extend %s", path)
		}
	}
	fmt.Printf("VERIFIED %s: %d entries, %d earlier checkpoints\n", verifier.Name(), tree.N, len(earlier)+len(os.Args)-3)
}
