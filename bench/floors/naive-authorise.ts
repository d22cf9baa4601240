// The naive schema in process, without a network: four statements an authorisation, grouped as the product groups
// them. What the growth section's figures are compared with.
import { createHash } from 'node:crypto';
import { answerAsks } from '../harness/asks.ts';
import { childSettings } from '../harness/child.ts';
import { openPlainStore, type PlainCode } from '../peers/mosquitto-node/store.ts';

/** What the floor is told at its start. */
export interface NaiveSettings {
  readonly path: string;
  readonly codes: number;
}

/** Microseconds of one authorisation. */
export interface AuthorisationCost {
  readonly wallUs: number;
  readonly processorUs: number;
}

/** What it answers. */
export type NaiveAsks = {
  readonly measure: (options: { readonly ms: number; readonly group: number }) => AuthorisationCost;
};

const { path, codes } = childSettings<NaiveSettings>();
const store = openPlainStore(path);
const macs = Array.from({ length: codes }, (_, code) => macOf(code));
store.addCodes(everyCode());
let next = 0;

answerAsks({
  measure({ ms, group }) {
    const before = process.cpuUsage();
    const startMs = performance.now();
    let done = 0;
    for (; performance.now() - startMs < ms; done += group) {
      store.transaction(() => {
        for (let index = 0; index < group; index++) authoriseOne();
      });
    }
    const used = process.cpuUsage(before);
    const wallUs = (performance.now() - startMs) * 1000;
    return { wallUs: wallUs / done, processorUs: (used.user + used.system) / done };
  },
} satisfies NaiveAsks);

function authoriseOne(): void {
  // A step that shares no divisor with the count visits every code, in no order that a cache would like.
  next = (next + 7_919) % codes;
  const mac = macs[next] as Uint8Array;
  store.authorise({ scope: scopeOf(next), mac, box: String(next % 1_000), nowMs: Date.now() });
}

function* everyCode(): Iterable<PlainCode> {
  for (const [code, mac] of macs.entries())
    yield { scope: scopeOf(code), mac, keyNumber: code, bin: 1 + (code % 8) };
}

function scopeOf(code: number): string {
  return `location-${code % 50}`;
}

function macOf(code: number): Uint8Array {
  return createHash('sha256').update(String(code)).digest().subarray(0, 16);
}
