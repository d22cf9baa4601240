// What a call of an operation takes and gives, typed as the API is described.
import type { Operations } from './operations.generated.ts';

/** What may go along with a call. */
export interface CallOptions {
  /** Every call that has an effect gets a new one unless given: give your own to survive a crash between two tries. */
  readonly idempotencyKey?: string | undefined;
  /** The ETag that was read; edits need it. */
  readonly ifMatch?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A success. */
export interface Answer<Body> {
  readonly status: number;
  readonly body: Body;
  /** Of the resource, for `ifMatch`. */
  readonly etag: string | undefined;
  /** Path of what was created. */
  readonly location: string | undefined;
  /** Whether an earlier call with the same Idempotency-Key had the effect. */
  readonly replayed: boolean;
}

type Name = keyof Operations;
type Input<N extends Name> = Operations[N]['input'];

/** One operation as a function. @throws ApiProblem, ApiUnreachable */
export type Call<N extends Name> =
  Readonly<Record<never, never>> extends Input<N>
    ? (input?: Input<N>, options?: CallOptions) => Promise<Answer<Operations[N]['answer']>>
    : (input: Input<N>, options?: CallOptions) => Promise<Answer<Operations[N]['answer']>>;

/** All operations by their names. */
export type Calls = { readonly [N in Name]: Call<N> };
