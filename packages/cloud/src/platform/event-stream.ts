// What a feature may do with an open stream of server-sent events; the HTTP edge implements it.

/** One event on the stream. */
export interface StreamEvent {
  /** Where a reader resumes: it sends this back as Last-Event-ID. */
  readonly id: string;
  /** The event's type. */
  readonly event: string;
  /** Written as one line of JSON. */
  readonly data: unknown;
}

/** What a feature may do with an open stream. */
export interface EventStream {
  /** The last event that the reader saw, from the header or `?last_event_id=`. */
  readonly lastEventId: string | undefined;
  /** Sends one event. @returns false when the stream has ended (a slow reader is dropped here) */
  send(event: StreamEvent): boolean;
  close(): void;
}
