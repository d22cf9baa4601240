// The port for text messages to phones. Whoever implements it speaks to a provider; whether and when to try again is
// the caller's matter.

/** One text message. */
export interface TextMessage {
  /** E.164: `+819012345678`. */
  readonly to: string;
  readonly body: string;
}

/** What became of handing it over. `reason` is a stable word for the ledger and never holds a number or a text. */
export type TextOutcome =
  | { readonly kind: 'accepted'; readonly providerId: string }
  /** It may work later. `afterMs`: not before, as far as the provider said so. */
  | { readonly kind: 'again'; readonly reason: string; readonly afterMs: number | undefined }
  /** Trying again changes nothing. */
  | { readonly kind: 'failed'; readonly reason: string };

/** What became of one that was accepted. */
export type TextDelivery =
  | { readonly kind: 'delivered' }
  | { readonly kind: 'failed'; readonly reason: string }
  /** Nothing is known yet, or the provider does not answer. */
  | { readonly kind: 'pending' };

/** Sends text messages. */
export interface TextMessages {
  send(message: TextMessage): Promise<TextOutcome>;
  /** @param providerId of an accepted message */
  delivery(providerId: string): Promise<TextDelivery>;
  /** Ends what is under way; later messages are tried again. */
  close(): void;
}
