// What `smartbox doctor` looks at, one check after the other: what it finds, in plain words, and what to do. Whatever
// cannot be looked at because an earlier check failed is left out rather than guessed.
import { ApiProblem, type ApiUnreachable, type Client, eachItem } from '@smartbox/api-client';
import { type Bilingual, fill } from './online-texts.ts';
import { isEncrypted } from './safe-address.ts';

/** How it stands. warn: works, but somebody should look; fail: does not work. */
export type Standing = 'ok' | 'warn' | 'fail';

/** One finding. */
export interface Finding {
  /** Stable: programs decide by this. */
  readonly check: keyof typeof says;
  readonly standing: Standing;
  readonly text: Bilingual;
}

/** What the checks work with. */
export interface Patient {
  readonly url: string;
  readonly client: Client;
  readonly nowMs: () => number;
  /** Asks an address of the server without signing in. @throws what fetch throws */
  readonly get: (path: string) => Promise<Response>;
}

const CLOCK_WARN_MS = 60_000;
const LOW_BATTERY_PERCENT = 20;

const says = {
  address: {
    ok: {
      ja: '{url} へは暗号化して接続します。',
      en: 'The way to {url} is encrypted or stays on this computer.',
    },
    warn: {
      ja: '{url} は暗号化されていません。https を使ってください。',
      en: '{url} is not encrypted: use https.',
    },
  },
  server: {
    ok: { ja: 'サーバーは動いていて、準備もできています。', en: 'The server runs and is ready.' },
    fail: {
      ja: 'サーバーが使えません: {why}。サーバーの起動とネットワークを確かめてください。',
      en: 'The server cannot be used: {why}. See that it runs, and that the network leads there.',
    },
  },
  clock: {
    ok: {
      ja: 'この端末とサーバーの時計は合っています。',
      en: 'The clocks of this computer and the server agree.',
    },
    warn: {
      ja: 'この端末とサーバーの時計が {seconds} 秒ずれています。どちらかの時刻合わせ（NTP）を直してください。',
      en: 'The clocks of this computer and the server differ by {seconds} seconds. Mend the NTP of one of them.',
    },
  },
  token: {
    ok: { ja: 'トークンは有効です。', en: 'The token is accepted.' },
    fail: {
      ja: 'トークンが使えません（{why}）。smartbox login をやり直してください。',
      en: 'The token is not accepted ({why}). Run smartbox login again.',
    },
  },
  boxes: {
    ok: { ja: 'ボックス {count} 台はすべて正常です。', en: 'All boxes are well ({count}).' },
    warn: { ja: '確認が必要なボックス: {which}', en: 'Look at these boxes: {which}' },
  },
  sheets: {
    ok: { ja: '緊急コード表はすべて有効です。', en: 'All emergency sheets are good.' },
    warn: {
      ja: '緊急コード表を印刷し直してください: {which}',
      en: 'Print the emergency sheets of these boxes again: {which}',
    },
  },
} as const satisfies Readonly<Record<string, Partial<Record<Standing, Bilingual>>>>;

/** Yields each finding as soon as it is known. */
export async function* examine(patient: Patient): AsyncGenerator<Finding, void, undefined> {
  const { url } = patient;
  yield isEncrypted(url) ? finding('address', 'ok', { url }) : finding('address', 'warn', { url });
  const server = await examineServer(patient);
  yield* server;
  if (server.some(({ standing }) => standing === 'fail')) return;
  const token = await examineToken(patient);
  yield token;
  if (token.standing === 'fail') return;
  yield* await ifAllowed(() => examineBoxes(patient));
  yield* await ifAllowed(() => examineSheets(patient));
}

async function examineServer({ get, nowMs }: Patient): Promise<readonly Finding[]> {
  try {
    const response = await get('/health/ready');
    const atMs = nowMs();
    if (!response.ok) return [finding('server', 'fail', { why: await reasonIn(response) })];
    const sentMs = Date.parse(response.headers.get('date') ?? '');
    const offMs = Number.isNaN(sentMs) ? 0 : Math.abs(atMs - sentMs);
    const seconds = Math.round(offMs / 1000);
    return [
      finding('server', 'ok', {}),
      offMs > CLOCK_WARN_MS ? finding('clock', 'warn', { seconds }) : finding('clock', 'ok', {}),
    ];
  } catch (cause) {
    const behind = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
    return [finding('server', 'fail', { why: behind instanceof Error ? behind.message : String(behind) })];
  }
}

async function reasonIn(response: Response): Promise<string> {
  const body: unknown = await response.json().catch(() => undefined);
  const { detail } = (body ?? {}) as { readonly detail?: unknown };
  return typeof detail === 'string' ? detail : `HTTP ${response.status}`;
}

// A token that may not list locations is a token all the same.
async function examineToken({ client }: Patient): Promise<Finding> {
  try {
    await client.listLocations({ query: { limit: 1 } });
    return finding('token', 'ok', {});
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 403) return finding('token', 'ok', {});
    const { message } = error as ApiProblem | ApiUnreachable;
    return finding('token', 'fail', { why: error instanceof ApiProblem ? error.problem.title : message });
  }
}

async function examineBoxes({ client }: Patient): Promise<Finding> {
  const which: string[] = [];
  let count = 0;
  for await (const box of eachItem(client.listBoxes, {})) {
    count += 1;
    const battery = box.battery_percent ?? 100;
    const troubles = [
      ...(box.online ? [] : ['offline']),
      ...(box.mains === false ? ['no mains'] : []),
      ...(battery < LOW_BATTERY_PERCENT ? [`battery ${battery} %`] : []),
    ];
    if (troubles.length > 0) which.push(`${box.name} (${box.id}: ${troubles.join(', ')})`);
  }
  return which.length === 0
    ? finding('boxes', 'ok', { count })
    : finding('boxes', 'warn', { which: which.join('; ') });
}

async function examineSheets({ client }: Patient): Promise<Finding> {
  const which: string[] = [];
  for await (const { state, reprint_advised, box_name, box_id } of eachItem(client.listEmergencyStates, {}))
    if ((state !== 'current' && state !== 'waiting_for_box') || reprint_advised)
      which.push(`${box_name ?? '-'} (${box_id}: ${state})`);
  return which.length === 0
    ? finding('sheets', 'ok', {})
    : finding('sheets', 'warn', { which: which.join('; ') });
}

/** What the token may not see is not looked at. */
async function ifAllowed(look: () => Promise<Finding>): Promise<readonly Finding[]> {
  try {
    return [await look()];
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 403) return [];
    throw error;
  }
}

function finding<Check extends keyof typeof says>(
  check: Check,
  standing: keyof (typeof says)[Check] & Standing,
  values: Readonly<Record<string, string | number>>,
): Finding {
  const text = says[check][standing] as Bilingual;
  return { check, standing, text: { ja: fill(text.ja, values), en: fill(text.en, values) } };
}
