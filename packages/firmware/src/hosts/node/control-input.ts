// What a rig may do to a simulated box, as JSON with exactly one member: parsed, checked, and refused with the
// place of the mistake and the way out. The words are documented in docs/run-simulated.md.

export type ControlInput =
  | { readonly kind: 'keys'; readonly keys: string }
  | { readonly kind: 'door'; readonly bin: number; readonly open?: boolean; readonly jammed?: boolean }
  | { readonly kind: 'main-lock'; readonly open?: boolean; readonly jammed?: boolean }
  | { readonly kind: 'hang'; readonly bin: number; readonly id: string | null }
  | { readonly kind: 'tap'; readonly id: string }
  | { readonly kind: 'mains'; readonly on: boolean }
  | { readonly kind: 'network'; readonly up: boolean }
  | { readonly kind: 'hotspot'; readonly name: string; readonly passphrase: string; readonly up: boolean }
  | { readonly kind: 'radio'; readonly jammed: boolean }
  | { readonly kind: 'power'; readonly on: boolean }
  | { readonly kind: 'button'; readonly ms: number | undefined }
  | { readonly kind: 'advance'; readonly ms: number };

/** Where a request is wrong (RFC 6901 pointer) and what to send instead. */
export interface InputFault {
  readonly kind: 'fault';
  readonly pointer: string;
  readonly detail: string;
}

/** Keys in one request: two minutes of typing. */
const MOST_KEYS = 1_000;
const LONGEST_SSID_BYTES = 32;
const LONGEST_HOLD_MS = 60_000;
/** A year. */
const LONGEST_JUMP_MS = 366 * 86_400_000;

type Members = Readonly<Record<string, unknown>>;
type Parser = (value: unknown, pointer: string) => ControlInput | InputFault;

const PARSERS: Readonly<Record<string, Parser>> = {
  keys: (value, pointer) =>
    typeof value === 'string' && /^[0-9*#L]+$/.test(value) && value.length <= MOST_KEYS
      ? { kind: 'keys', keys: value }
      : fault(pointer, `send 1 to ${MOST_KEYS} of 0-9, # (enter), * (clear) and L (language)`),
  door: parseDoor,
  mainLock: parseMainLock,
  tag: parseTag,
  mains: (value, pointer) =>
    typeof value === 'boolean' ? { kind: 'mains', on: value } : fault(pointer, 'send true or false'),
  power: (value, pointer) =>
    typeof value === 'boolean'
      ? { kind: 'power', on: value }
      : fault(pointer, 'send false to take mains and cell out at once, true to put them back'),
  network: (value, pointer) =>
    value === 'up' || value === 'down'
      ? { kind: 'network', up: value === 'up' }
      : fault(pointer, 'send "up" or "down"'),
  hotspot: parseHotspot,
  radio: (value, pointer) =>
    value === 'jammed' || value === 'clear'
      ? { kind: 'radio', jammed: value === 'jammed' }
      : fault(pointer, 'send "jammed" or "clear"'),
  press: (value, pointer) =>
    value === 'reset' ? { kind: 'button', ms: undefined } : fault(pointer, 'send "reset": the only button'),
  hold: parseHold,
  advanceMs: (value, pointer) =>
    isWhole(value, 1, LONGEST_JUMP_MS)
      ? { kind: 'advance', ms: value }
      : fault(pointer, `send whole milliseconds, 1 to ${LONGEST_JUMP_MS}`),
};

/** @param body the parsed JSON of a request */
export function parseControlInput(body: unknown): ControlInput | InputFault {
  const names = Object.keys(PARSERS).join(', ');
  if (!isObject(body)) return fault('', `send a JSON object with one of: ${names}`);
  const [name, ...others] = Object.keys(body);
  if (name === undefined || others.length > 0) return fault('', `send exactly one of: ${names}`);
  const parser = Object.hasOwn(PARSERS, name) ? PARSERS[name] : undefined;
  return parser?.(body[name], `/${name}`) ?? fault(`/${name}`, `unknown; send one of: ${names}`);
}

function parseDoor(value: unknown, pointer: string): ControlInput | InputFault {
  if (!hasOnly(value, ['bin', 'open', 'jammed'])) {
    return fault(pointer, 'send {"bin": 3, "open": true} or {"bin": 3, "jammed": true}');
  }
  const { bin, open, jammed } = value;
  if (!isWhole(bin, 1, 255)) return fault(`${pointer}/bin`, 'send the number of a bin, 1 is the first');
  if (typeof open === 'boolean' && jammed === undefined) return { kind: 'door', bin, open };
  if (typeof jammed === 'boolean' && open === undefined) return { kind: 'door', bin, jammed };
  return fault(pointer, 'send either open or jammed, true or false');
}

function parseMainLock(value: unknown, pointer: string): ControlInput | InputFault {
  const detail = 'send {"open": true} or {"jammed": true}, or false';
  if (!hasOnly(value, ['open', 'jammed'])) return fault(pointer, detail);
  const { open, jammed } = value;
  if (typeof open === 'boolean' && jammed === undefined) return { kind: 'main-lock', open };
  if (typeof jammed === 'boolean' && open === undefined) return { kind: 'main-lock', jammed };
  return fault(pointer, detail);
}

function parseTag(value: unknown, pointer: string): ControlInput | InputFault {
  if (!hasOnly(value, ['bin', 'reader', 'id'])) {
    return fault(
      pointer,
      'send {"bin": 3, "id": "04a1b2c3"}, the id null to take it, or {"reader": "front", "id": …}',
    );
  }
  const { bin, reader, id } = value;
  const isId = typeof id === 'string' && /^([0-9a-fA-F]{8}|[0-9a-fA-F]{14}|[0-9a-fA-F]{16})$/.test(id);
  if (!isId && id !== null) return fault(`${pointer}/id`, 'send 8, 14 or 16 hexadecimal digits, or null');
  if (isWhole(bin, 1, 255) && reader === undefined) return { kind: 'hang', bin, id: id as string | null };
  if (reader !== 'front' || bin !== undefined)
    return fault(pointer, 'send either a bin (1 is the first) or "reader": "front"');
  // A tap is over by itself, so there is nothing to take away.
  return isId
    ? { kind: 'tap', id }
    : fault(`${pointer}/id`, 'send the number of the fob that is held to the reader');
}

function parseHotspot(value: unknown, pointer: string): ControlInput | InputFault {
  if (!hasOnly(value, ['name', 'passphrase', 'up'])) {
    return fault(pointer, 'send {"name": "Phone", "passphrase": "12345678", "up": true}');
  }
  const { name, passphrase, up } = value;
  if (typeof name !== 'string' || name === '' || Buffer.byteLength(name) > LONGEST_SSID_BYTES) {
    return fault(`${pointer}/name`, `send 1 to ${LONGEST_SSID_BYTES} bytes of text`);
  }
  // IEEE 802.11: a passphrase is 8 to 63 printable ASCII characters; none at all is an open network.
  if (typeof passphrase !== 'string' || !/^([\x20-\x7e]{8,63})?$/.test(passphrase)) {
    return fault(`${pointer}/passphrase`, 'send 8 to 63 ASCII characters, or "" for an open network');
  }
  if (typeof up !== 'boolean') return fault(`${pointer}/up`, 'send true or false');
  return { kind: 'hotspot', name, passphrase, up };
}

function parseHold(value: unknown, pointer: string): ControlInput | InputFault {
  const detail = `send {"button": "reset", "ms": 5000}, at most ${LONGEST_HOLD_MS} ms`;
  if (!hasOnly(value, ['button', 'ms']) || value.button !== 'reset') return fault(pointer, detail);
  return isWhole(value.ms, 1, LONGEST_HOLD_MS)
    ? { kind: 'button', ms: value.ms }
    : fault(`${pointer}/ms`, detail);
}

function fault(pointer: string, detail: string): InputFault {
  return { kind: 'fault', pointer, detail };
}

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function hasOnly(value: unknown, names: readonly string[]): value is Members {
  return isObject(value) && Object.keys(value).every((name) => names.includes(name));
}

function isWhole(value: unknown, least: number, most: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;
}
