// Checks the log side of an unpacked bundle with Go's own libraries: golang.org/x/mod/sumdb/note for signed notes
// and golang.org/x/mod/sumdb/tlog for the tree. It shares no line with Tickmark.
//
// Usage: logcheck BUNDLE_FOLDER LOG_KEY [WITNESS_KEY]
// Prints what holds, one line each; exit code 1 at the first thing that does not.
package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// A head of the log: C2SP tlog-checkpoint.
type head struct {
	origin string
	size   int64
	root   tlog.Hash
}

func parseHead(text string) (head, error) {
	lines := strings.Split(text, "\n")
	if len(lines) != 4 || lines[3] != "" {
		return head{}, errors.New("a checkpoint has three lines")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return head{}, err
	}
	root, err := tlog.ParseHash(lines[2])
	return head{lines[0], size, root}, err
}

func openHead(signed []byte, verifiers ...note.Verifier) (head, error) {
	opened, err := note.Open(signed, note.VerifierList(verifiers...))
	if err != nil {
		return head{}, err
	}
	if len(opened.Sigs) != len(verifiers) {
		return head{}, fmt.Errorf("%d of %d keys signed", len(opened.Sigs), len(verifiers))
	}
	return parseHead(opened.Text)
}

// A witness's key: C2SP tlog-cosignature, which x/mod knows as a verifier of another algorithm only.
type cosigner struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

func (c cosigner) Name() string    { return c.name }
func (c cosigner) KeyHash() uint32 { return c.hash }
func (c cosigner) Verify(text, signature []byte) bool {
	if len(signature) != 8+ed25519.SignatureSize {
		return false
	}
	moment := binary.BigEndian.Uint64(signature)
	message := fmt.Sprintf("cosignature/v1\ntime %d\n%s", moment, text)
	return ed25519.Verify(c.key, []byte(message), signature[8:])
}

func newCosigner(text string) (note.Verifier, error) {
	parts := strings.SplitN(text, "+", 3)
	if len(parts) != 3 {
		return nil, errors.New("a witness's key has three parts")
	}
	key, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil || len(key) != 1+ed25519.PublicKeySize || key[0] != 4 {
		return nil, errors.New("not a key for cosignatures")
	}
	sum := sha256.Sum256(append([]byte(parts[0]+"\n"), key...))
	if hex.EncodeToString(sum[:4]) != parts[1] {
		return nil, errors.New("the key's id does not belong to it")
	}
	return cosigner{parts[0], binary.BigEndian.Uint32(sum[:4]), key[1:]}, nil
}

func hashes(hexes []string) ([]tlog.Hash, error) {
	var list []tlog.Hash
	for _, text := range hexes {
		raw, err := hex.DecodeString(text)
		if err != nil || len(raw) != tlog.HashSize {
			return nil, errors.New("not a hash: " + text)
		}
		var hash tlog.Hash
		copy(hash[:], raw)
		list = append(list, hash)
	}
	return list, nil
}

type bundle struct {
	folder string
	log    note.Verifier
	now    head
}

func (b *bundle) read(name string) ([]byte, error) { return os.ReadFile(filepath.Join(b.folder, name)) }

func (b *bundle) checkHead() error {
	signed, err := b.read("tlog/checkpoint")
	if err != nil {
		return err
	}
	b.now, err = openHead(signed, b.log)
	if err == nil && b.now.origin != b.log.Name() {
		err = errors.New("the checkpoint is of another log")
	}
	return err
}

// C2SP tlog-proof: version, index, hashes, an empty line, the checkpoint.
func (b *bundle) checkSeal() error {
	leaf, err := b.read("tlog/seal.json")
	if err != nil {
		return err
	}
	proof, err := b.read("tlog/seal.tlog-proof")
	if err != nil {
		return err
	}
	front, signed, found := strings.Cut(string(proof), "\n\n")
	lines := strings.Split(front, "\n")
	if !found || len(lines) < 2 || lines[0] != "c2sp.org/tlog-proof@v1" {
		return errors.New("not a tlog-proof")
	}
	at, err := openHead([]byte(signed), b.log)
	if err != nil {
		return err
	}
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[1], "index "), 10, 64)
	if err != nil {
		return err
	}
	var path tlog.RecordProof
	for _, line := range lines[2:] {
		hash, err := tlog.ParseHash(line)
		if err != nil {
			return err
		}
		path = append(path, hash)
	}
	return tlog.CheckRecord(path, at.size, at.root, index, tlog.RecordHash(leaf))
}

func (b *bundle) checkTrail() (int, error) {
	leaves, err := b.read("data/audit-trail/entries.jsonl")
	if err != nil {
		return 0, err
	}
	proofs, err := b.read("tlog/entries.proofs.jsonl")
	if err != nil {
		return 0, err
	}
	leafLines := bytes.Split(bytes.TrimSuffix(leaves, []byte("\n")), []byte("\n"))
	proofLines := bytes.Split(bytes.TrimSuffix(proofs, []byte("\n")), []byte("\n"))
	if len(leafLines) != len(proofLines) {
		return 0, errors.New("not as many proofs as entries")
	}
	for i, line := range proofLines {
		var proof struct {
			Index int64
			Path  []string
		}
		if err := json.Unmarshal(line, &proof); err != nil {
			return i, err
		}
		path, err := hashes(proof.Path)
		if err != nil {
			return i, err
		}
		if err := tlog.CheckRecord(path, b.now.size, b.now.root, proof.Index, tlog.RecordHash(leafLines[i])); err != nil {
			return i, fmt.Errorf("line %d: %w", i+1, err)
		}
	}
	return len(leafLines), nil
}

func (b *bundle) checkHistory(witness note.Verifier) error {
	text, err := b.read("tlog/history.json")
	if err != nil {
		return err
	}
	var history struct {
		Entries []struct {
			Kind, Name, Checkpoint string
			Proof                  []string
		}
	}
	if err := json.Unmarshal(text, &history); err != nil {
		return err
	}
	witnessed := witness == nil
	for _, entry := range history.Entries {
		keys := []note.Verifier{b.log}
		if witness != nil && entry.Kind == "witness" && entry.Name == witness.Name() {
			keys = append(keys, witness)
			witnessed = true
		}
		earlier, err := openHead([]byte(entry.Checkpoint), keys...)
		if err != nil {
			return fmt.Errorf("%s: %w", entry.Name, err)
		}
		path, err := hashes(entry.Proof)
		if err != nil {
			return fmt.Errorf("%s: %w", entry.Name, err)
		}
		if err := tlog.CheckTree(path, b.now.size, b.now.root, earlier.size, earlier.root); err != nil {
			return fmt.Errorf("%s: %w", entry.Name, err)
		}
		fmt.Printf("history: %s %s, %d of %d entries\n", entry.Kind, entry.Name, earlier.size, b.now.size)
	}
	if !witnessed {
		return errors.New("no head that this witness cosigned")
	}
	return nil
}

func run(arguments []string) error {
	if len(arguments) < 2 || len(arguments) > 3 {
		return errors.New("usage: logcheck BUNDLE_FOLDER LOG_KEY [WITNESS_KEY]")
	}
	log, err := note.NewVerifier(arguments[1])
	if err != nil {
		return fmt.Errorf("log key: %w", err)
	}
	var witness note.Verifier
	if len(arguments) == 3 {
		if witness, err = newCosigner(arguments[2]); err != nil {
			return fmt.Errorf("witness key: %w", err)
		}
	}
	b := &bundle{folder: arguments[0], log: log}
	if err := b.checkHead(); err != nil {
		return fmt.Errorf("checkpoint: %w", err)
	}
	fmt.Printf("checkpoint: %s, %d entries\n", b.now.origin, b.now.size)
	if err := b.checkSeal(); err != nil {
		return fmt.Errorf("seal: %w", err)
	}
	fmt.Println("seal: included")
	entries, err := b.checkTrail()
	if err != nil {
		return fmt.Errorf("audit trail: %w", err)
	}
	fmt.Printf("audit trail: %d entries included\n", entries)
	if err := b.checkHistory(witness); err != nil {
		return fmt.Errorf("history: %w", err)
	}
	return nil
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
