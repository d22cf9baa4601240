// What a person can do with an open break-glass file. Each use is signed and recorded first; only then is there
// anything to show. Whoever records (a file beside the export, a page's memory) is handed in.
import {
  type BreakGlassBox,
  type BreakGlassPayload,
  type BreakGlassUse,
  challengeHash,
  firstUseHash,
  hexToBytes,
  isSignedBy,
  nobleCrypto,
  phoneAnswer,
  readUse,
  type SignedUse,
  signUse,
  useHash,
  usePublicKey,
  useToLine,
} from '@smartbox/protocol';

/** Keeps the records of one export. */
export interface UseJournal {
  /**
   * Adds one line for good before it returns.
   * @param write makes the line; gets the last one there is, undefined for none
   * @throws whatever keeps it from being kept: nothing may be shown then
   */
  add(write: (last: string | undefined) => string): void;
}

/** A question of a box. */
export interface Asked {
  readonly box: BreakGlassBox;
  /** 8 digits. */
  readonly challenge: string;
  /** Bin, or 0 for all. */
  readonly target: number;
}

/** The uses of one open file. */
export interface Desk {
  /** Records that the sheet was shown. */
  showSheet(box: BreakGlassBox): void;
  /** Records that the inventory was shown. */
  showInventory(): void;
  /** @returns the 8 digits that answer, once they are recorded as given */
  answer(asked: Asked): string;
}

/** What a desk is made of. */
export interface DeskPorts {
  readonly exportId: string;
  readonly payload: BreakGlassPayload;
  readonly journal: UseJournal;
  /** The computer's clock, Unix ms. */
  nowMs(): number;
  /** Names a new chain of records: 8 random bytes in hexadecimal. */
  newChain(): string;
}

type What = Pick<BreakGlassUse, 'kind' | 'boxId' | 'target' | 'challengeHash'>;

/** Opens the desk. */
export function createDesk(ports: DeskPorts): Desk {
  const useKey = hexToBytes(ports.payload.useKey);
  const record = (what: What): void =>
    ports.journal.add((last) => {
      const place = following(ports, usePublicKey(useKey), last);
      const atMs = Math.floor(ports.nowMs());
      return useToLine(signUse(useKey, { exportId: ports.exportId, ...place, atMs, ...what }));
    });
  return {
    showSheet: ({ boxId }) => record({ kind: 'sheet-shown', boxId, target: null, challengeHash: null }),
    showInventory: () => record({ kind: 'inventory-shown', boxId: null, target: null, challengeHash: null }),
    answer: ({ box, challenge, target }) => {
      const { boxId } = box;
      const hash = challengeHash(nobleCrypto, { boxId, challenge });
      const digits = phoneAnswer(nobleCrypto, hexToBytes(box.phoneKey), { challenge, target });
      record({ kind: 'answer-given', boxId, target, challengeHash: hash });
      return digits;
    },
  };
}

// A last line that is not ours, or that a power cut tore, ends its chain: the next line begins another. An emergency
// is no time to refuse a person because of yesterday's record; the cloud sees that it is missing.
function following(
  ports: DeskPorts,
  publicKey: Uint8Array,
  last: string | undefined,
): Pick<SignedUse, 'chain' | 'sequence' | 'previousHash'> {
  const use = last === undefined ? undefined : readUse(last);
  if (use !== undefined && use.exportId === ports.exportId && isSignedBy(publicKey, use)) {
    return {
      chain: use.chain,
      sequence: use.sequence + 1,
      previousHash: useHash(nobleCrypto, use),
    };
  }
  const chain = ports.newChain();
  return { chain, sequence: 1, previousHash: firstUseHash(nobleCrypto, { exportId: ports.exportId, chain }) };
}
