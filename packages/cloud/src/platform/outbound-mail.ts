// The port for mail that leaves the house. The relay is the operator's choice, not that of whoever is written to, so
// no guard stands before it; see smtp-mail.ts.

/** One mail to one person: plain text, because what people typed must never become markup. */
export interface OutgoingMail {
  /** A bare address. */
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly language: 'ja' | 'en';
  /** The part of Message-ID before the @: the same for every attempt. */
  readonly id: string;
}

/** What became of a mail. */
export type MailResult =
  | { readonly kind: 'accepted' }
  /** The relay says never: no such mailbox, blocked. @see RFC 5321, 4.2.1 */
  | { readonly kind: 'refused'; readonly status: number | undefined }
  /** It may work later. */
  | { readonly kind: 'failed'; readonly status: number | undefined };

/** Sends mail. */
export interface OutboundMail {
  send(mail: OutgoingMail): Promise<MailResult>;
  close(): void;
}
