// Text messages by the API that Twilio made and others speak too: one form is posted, JSON comes back. The address of
// the provider is the operator's own setting. Redirects are not followed: they would carry the token elsewhere.

import type { Timers } from './clock.ts';
import type { TextDelivery, TextMessages, TextOutcome } from './text-messages.ts';

/** How the provider is reached. */
export interface TextProvider {
  /** `https://api.twilio.com`; a path in it is kept. */
  readonly url: string;
  readonly account: string;
  readonly token: string;
  /** The sender: a number in E.164, or a name where the country allows it. */
  readonly from: string;
}

/** For one exchange with the provider. */
const timeoutMs = 10_000;

type Exchange =
  | { readonly kind: 'answered'; readonly response: Response; readonly body: unknown }
  | { readonly kind: 'none'; readonly reason: string };

/** A sender by that API. */
export function createHttpTextMessages(ports: {
  readonly provider: TextProvider;
  readonly timers: Timers;
}): TextMessages {
  const { provider, timers } = ports;
  const open = new Set<AbortController>();
  const base = `${provider.url.replace(/\/+$/, '')}/2010-04-01/Accounts/${encodeURIComponent(provider.account)}`;
  const login = Buffer.from(`${provider.account}:${provider.token}`, 'utf8').toString('base64');

  const exchange = async (path: string, form?: URLSearchParams): Promise<Exchange> => {
    const ending = new AbortController();
    open.add(ending);
    let isLate = false;
    const cancel = timers.after(timeoutMs, () => {
      isLate = true;
      ending.abort();
    });
    try {
      const response = await fetch(`${base}${path}`, {
        method: form === undefined ? 'GET' : 'POST',
        headers: { authorization: `Basic ${login}`, accept: 'application/json' },
        redirect: 'manual',
        signal: ending.signal,
        ...(form === undefined ? {} : { body: form }),
      });
      return { kind: 'answered', response, body: readJson(await response.text()) };
    } catch {
      // Names, connections, certificates, an abort: there is no answer, and the reason tells nobody more.
      return { kind: 'none', reason: isLate ? 'timeout' : 'no-connection' };
    } finally {
      cancel();
      open.delete(ending);
    }
  };

  return {
    send: async ({ to, body }) => {
      const form = new URLSearchParams({ To: to, From: provider.from, Body: body });
      const answer = await exchange('/Messages.json', form);
      return answer.kind === 'none'
        ? { kind: 'again', reason: answer.reason, afterMs: undefined }
        : readOutcome(answer);
    },
    delivery: async (providerId) => {
      const answer = await exchange(`/Messages/${encodeURIComponent(providerId)}.json`);
      return answer.kind === 'answered' && answer.response.ok
        ? readDelivery(answer.body)
        : { kind: 'pending' };
    },
    close: () => {
      for (const ending of open) ending.abort();
    },
  };
}

function readOutcome({ response, body }: Extract<Exchange, { kind: 'answered' }>): TextOutcome {
  const { status } = response;
  if (response.ok) {
    const delivery = readDelivery(body);
    return delivery.kind === 'failed' ? delivery : { kind: 'accepted', providerId: textOf(body, 'sid') };
  }
  const code = numberOf(body, 'code');
  const reason = `provider-${code === undefined ? status : code}`;
  if (status !== 429 && status < 500) return { kind: 'failed', reason };
  const afterSeconds = Number(response.headers.get('retry-after') ?? 'none');
  return { kind: 'again', reason, afterMs: Number.isFinite(afterSeconds) ? afterSeconds * 1_000 : undefined };
}

function readDelivery(body: unknown): TextDelivery {
  const status = textOf(body, 'status');
  if (status === 'delivered') return { kind: 'delivered' };
  if (status !== 'failed' && status !== 'undelivered') return { kind: 'pending' };
  return { kind: 'failed', reason: `provider-${numberOf(body, 'error_code') ?? status}` };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A proxy's page, for example: the status says all that there is.
    return undefined;
  }
}

function fieldOf(body: unknown, name: string): unknown {
  return typeof body === 'object' && body !== null && name in body
    ? (body as Readonly<Record<string, unknown>>)[name]
    : undefined;
}

function textOf(body: unknown, name: string): string {
  const value = fieldOf(body, name);
  return typeof value === 'string' ? value : '';
}

function numberOf(body: unknown, name: string): number | undefined {
  const value = fieldOf(body, name);
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : undefined;
}
