// The tree of hashes over a log, reckoned by whoever does not trust the program: RFC 9162.
import { createHash } from 'node:crypto';

/** The SHA-256 of bytes, in hexadecimal digits. */
export function sha256(...parts) {
  const hash = createHash('sha256');
  parts.forEach((part) => hash.update(part));
  return hash.digest('hex');
}

/** The hash of a leaf. */
export function leafHash(leaf) {
  return sha256(Buffer.from([0]), leaf);
}

/** The root of a tree of so many leaves, from one of them and the hashes beside the way up (section 2.1.3.2). */
export function rootOf(leaf, index, size, path) {
  let [at, last, root] = [index, size - 1, leaf];
  for (const beside of path) {
    if (at % 2 === 1 || at === last) {
      root = node(beside, root);
      while (at % 2 === 0 && at > 0) [at, last] = [at / 2, Math.floor(last / 2)];
    } else {
      root = node(root, beside);
    }
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return root;
}

function node(left, right) {
  return sha256(Buffer.from([1]), Buffer.from(left, 'hex'), Buffer.from(right, 'hex'));
}
