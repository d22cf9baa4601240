// A signed tree head: what a log's keeper commits itself to. Whoever keeps one can prove later that the log was
// changed, with the public key and nothing else.
import { ed25519 } from '@noble/curves/ed25519.js';
import { asciiToBytes, bytesToHex, concatBytes, hexToBytes, writeUint } from '../basics/bytes.ts';
import { type Check, fields, hex, instantMs, textLike, whole } from '../json/shape.ts';

/** The state of one tenant's audit. Its fields are named as in the API: files and answers hold it as it is. */
export interface TreeHead {
  readonly tenant_id: string;
  /** How many entries. */
  readonly tree_size: number;
  /** 32 bytes in hexadecimal. */
  readonly root_hash: string;
  /** When it was signed. Unix ms. */
  readonly timestamp: number;
}

/** A head with its Ed25519 signature, 64 bytes in hexadecimal. */
export interface SignedTreeHead extends TreeHead {
  readonly signature: string;
}

const LABEL = 'smartbox-audit-head-1';
const ROOT_BYTES = 32;
// 6 bytes of the 8: more than any log has, and exact in JavaScript.
const MOST_ENTRIES = 2 ** 48 - 1;

/** Whether a value from outside is a signed head; whether its signature is right is another question. */
export const isSignedTreeHead: Check<SignedTreeHead> = fields<SignedTreeHead>({
  tenant_id: textLike(/^[\x21-\x7e]{1,64}$/),
  tree_size: whole(0, MOST_ENTRIES),
  root_hash: hex(ROOT_BYTES),
  timestamp: instantMs,
  signature: hex(64),
});

/** @returns the public key (32 bytes) of a signing key */
export function auditPublicKey(signingKey: Uint8Array): Uint8Array {
  return ed25519.getPublicKey(signingKey);
}

/** @param signingKey the server's Ed25519 secret, 32 bytes */
export function signTreeHead(signingKey: Uint8Array, head: TreeHead): SignedTreeHead {
  return { ...head, signature: bytesToHex(ed25519.sign(treeHeadBytes(head), signingKey)) };
}

/** RFC 8032. @param publicKey 32 bytes */
export function isHeadSignedBy(publicKey: Uint8Array, head: SignedTreeHead): boolean {
  try {
    const signature = hexToBytes(head.signature);
    return ed25519.verify(signature, treeHeadBytes(head), publicKey, { zip215: false });
  } catch {
    // The library throws for bytes that are no key at all: they signed nothing.
    return false;
  }
}

/** What is signed: whose log it is, then `TreeHeadDataV2` of RFC 9162, 4.10, without extensions. */
export function treeHeadBytes({ tenant_id, tree_size, root_hash, timestamp }: TreeHead): Uint8Array {
  return concatBytes(
    asciiToBytes(`${LABEL}\n${tenant_id}\n`),
    uint64(timestamp),
    uint64(tree_size),
    new Uint8Array([ROOT_BYTES]),
    hexToBytes(root_hash),
    new Uint8Array(2),
  );
}

function uint64(value: number): Uint8Array {
  const bytes = new Uint8Array(8);
  writeUint(bytes, 2, { size: 6, value });
  return bytes;
}
