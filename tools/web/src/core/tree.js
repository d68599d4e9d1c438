// The Merkle tree of RFC 9162 section 2.1: hashes, inclusion and consistency.
import { sha256 } from "@noble/hashes/sha2.js";
import { equalBytes, joined } from "./bytes.js";

export const leafHash = (leaf) => sha256(joined([Uint8Array.of(0), leaf]));
const nodeHash = (left, right) => sha256(joined([Uint8Array.of(1), left, right]));

const isOdd = (number) => number % 2n === 1n;

/** Whether `path` leads from the leaf's hash at `index` to the root of `size` leaves (section 2.1.3.2). */
export function inclusionHolds(index, size, leaf, path, root) {
  if (index >= size) return false;
  let position = index;
  let last = size - 1n;
  let hash = leaf;
  for (const step of path) {
    if (last === 0n) return false;
    if (isOdd(position) || position === last) {
      hash = nodeHash(step, hash);
      while (!isOdd(position) && position !== 0n) {
        position >>= 1n;
        last >>= 1n;
      }
    } else {
      hash = nodeHash(hash, step);
    }
    position >>= 1n;
    last >>= 1n;
  }
  return last === 0n && equalBytes(hash, root);
}

/** Whether `proof` shows that the tree of `second` leaves begins with that of `first` (section 2.1.4.2). */
export function consistencyHolds(first, second, firstRoot, secondRoot, proof) {
  if (first > second) return false;
  if (first === second) return proof.length === 0 && equalBytes(firstRoot, secondRoot);
  if (first === 0n) return proof.length === 0 && equalBytes(firstRoot, sha256(new Uint8Array(0)));
  const isPowerOfTwo = (first & (first - 1n)) === 0n;
  const path = isPowerOfTwo ? [firstRoot, ...proof] : proof;
  if (path.length === 0) return false;
  let position = first - 1n;
  let last = second - 1n;
  while (isOdd(position)) {
    position >>= 1n;
    last >>= 1n;
  }
  let before = path[0];
  let after = path[0];
  for (const step of path.slice(1)) {
    if (last === 0n) return false;
    if (isOdd(position) || position === last) {
      before = nodeHash(step, before);
      after = nodeHash(step, after);
      while (!isOdd(position) && position !== 0n) {
        position >>= 1n;
        last >>= 1n;
      }
    } else {
      after = nodeHash(after, step);
    }
    position >>= 1n;
    last >>= 1n;
  }
  return last === 0n && equalBytes(before, firstRoot) && equalBytes(after, secondRoot);
}
