// The port for requests that leave the house: webhooks, push services, gateways of text messages. Addresses come
// from people, so whoever implements it stands between them and the network behind us; see guarded-http.ts.

/** One request. It is sent once; whether to try again is the caller's matter. */
export interface OutboundRequest {
  readonly method: 'GET' | 'POST';
  /** Absolute, `https:` (or `http:` where the operator allows the address). */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | string;
  /** For the whole exchange, in milliseconds. */
  readonly timeoutMs: number;
}

/** Why nothing was sent: trying again changes nothing. */
export type OutboundRefusal = 'bad-address' | 'not-encrypted' | 'private-address' | 'certificate';

/** Why there was no answer: it may work later. */
export type OutboundFailure = 'unknown-host' | 'timeout' | 'connection' | 'stopped';

/** What became of a request. Redirects are answers: nobody follows them. */
export type OutboundResult =
  | {
      readonly kind: 'answered';
      readonly status: number;
      /** Header Retry-After in seconds, where it is a number. */
      readonly retryAfterSeconds: number | undefined;
      /** The first 4 KiB. */
      readonly body: Uint8Array;
    }
  | { readonly kind: 'refused'; readonly reason: OutboundRefusal }
  | { readonly kind: 'failed'; readonly reason: OutboundFailure };

/** Sends requests to the outside. */
export interface OutboundHttp {
  send(request: OutboundRequest): Promise<OutboundResult>;
  /** Ends what is under way; later requests fail as `stopped`. */
  close(): void;
}
