// Reads a V8 CPU profile and says who used the time: cryptography, SQLite, broker, sockets, and the rest. Pure. Native
// functions have no file: they belong to their caller, but for the methods of SQLite's binding, which have no name
// either and are the only native functions that the cloud's own code calls.

/** Who can have used time. */
export const parts = [
  'cryptography',
  'SQLite: COMMIT and savepoints',
  'SQLite: statements',
  'broker',
  'sockets',
  'cloud code',
  'protocol code',
  'metrics and log',
  'garbage collection',
  'engine and system',
] as const;
/** One of them. */
export type Part = (typeof parts)[number];

/** The shape that the inspector gives; only what is read here. */
export interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string };
    readonly children?: readonly number[];
  }[];
  readonly samples?: readonly number[];
  /** Microseconds between samples. */
  readonly timeDeltas?: readonly number[];
}

/** Time by part, in microseconds, idle time left out. */
export interface ProfileShares {
  readonly busyUs: number;
  readonly idleUs: number;
  readonly partUs: Readonly<Record<Part, number>>;
}

const byPath: readonly (readonly [RegExp, Part])[] = [
  [/@noble|internal\/crypto|key-vault/, 'cryptography'],
  [/better-sqlite3|kysely/, 'SQLite: statements'],
  [
    /node_modules\/(aedes|mqtt-packet|mqemitter|qlobber|retimer|reusify|fast\w+|hyperid|bl|readable-stream|end-of-stream)/,
    'broker',
  ],
  [/cloud\/src\/broker\/(?!inbound|outbound|session|handshake|device)/, 'broker'],
  [/^node:(net|stream|events|tls)|internal\/(stream|js_stream|streams|process)|^node:buffer/, 'sockets'],
  [/prom-client|node_modules\/pino/, 'metrics and log'],
  [/packages\/protocol\//, 'protocol code'],
  [/packages\/cloud\//, 'cloud code'],
];
/** Its own statements are those that hold a group together. */
const commitGroup = '/platform/commit-group.ts';
const socketCalls = /^(writev|write\w+String|writeBuffer|readStart|readStop|shutdown|close)$/;

/** @returns the time of every part */
export function sharesOf(profile: CpuProfile): ProfileShares {
  const partOf = partByNode(profile);
  const partUs = Object.fromEntries(parts.map((part) => [part, 0])) as Record<Part, number>;
  let idleUs = 0;
  let busyUs = 0;
  for (const [index, id] of (profile.samples ?? []).entries()) {
    const deltaUs = profile.timeDeltas?.[index] ?? 0;
    const part = partOf.get(id);
    if (part === undefined) idleUs += deltaUs;
    else {
      busyUs += deltaUs;
      partUs[part] += deltaUs;
    }
  }
  return { busyUs, idleUs, partUs };
}

// Parents stand before their children in what V8 writes, but nothing promises it: walk from the root.
function partByNode(profile: CpuProfile): ReadonlyMap<number, Part | undefined> {
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  const children = new Set(profile.nodes.flatMap((node) => node.children ?? []));
  const found = new Map<number, Part | undefined>();
  const walk = (id: number, inherited: Part | undefined, callerUrl: string): void => {
    const node = nodes.get(id);
    if (node === undefined) return;
    const part = partOfFrame(node.callFrame, inherited, callerUrl);
    found.set(id, part);
    for (const child of node.children ?? []) walk(child, part, node.callFrame.url);
  };
  for (const node of profile.nodes) if (!children.has(node.id)) walk(node.id, 'engine and system', '');
  return found;
}

/** @returns undefined for time that nobody used: waiting, and the profiler's own */
function partOfFrame(
  frame: { readonly functionName: string; readonly url: string },
  inherited: Part | undefined,
  callerUrl: string,
): Part | undefined {
  const { functionName, url } = frame;
  if (functionName === '(idle)' || inherited === undefined || url === 'node:inspector') return undefined;
  if (functionName === '(garbage collector)') return 'garbage collection';
  if (url === '') {
    if (socketCalls.test(functionName)) return 'sockets';
    if (functionName !== '' || inherited !== 'cloud code') return inherited;
    return callerUrl.endsWith(commitGroup) ? 'SQLite: COMMIT and savepoints' : 'SQLite: statements';
  }
  return byPath.find(([path]) => path.test(url))?.[1] ?? inherited;
}
