// Explains each opening for a person and each one from afar from what happened in the world (I8, I9): what fingers did
// at this box, what phones got, what the operator had given by then. What has no explanation breaks a promise. It asks
// the cloud nothing but whose grant it was.
import type { Phones, SentText } from './phones.ts';
import type { Rights } from './rights.ts';
import type { Touch } from './touches.ts';
import { Violation } from './violation.ts';

/** A second code counts for five minutes after it was sent, and so long a dialogue may last before it is sent. */
const CODE_LIVES_MS = 300_000;
/** Between the second code and its grant somebody may choose a bin; a lost frame is asked again. */
const CHOICE_MS = 60_000;
const TRAVEL_MS = 20_000;
/** A box answers to no grant that is older. */
const GRANT_LIVES_MS = 8_000;
/** An order may still be on its way back when its time is over. */
const ORDER_TRAVEL_MS = 2_000;

/** A grant as the cloud tells it, in the time of the world. */
export interface OpenedBy {
  readonly reference: number;
  readonly purpose: 'withdraw' | 'return' | 'service';
  /** 0 for the main lock. */
  readonly bin: number;
  readonly keyId: string | null;
  readonly codeId: string | null;
  readonly personId: string | null;
  readonly grantedAtMs: number;
}

/** Where it opened. */
export interface OpenedAt {
  readonly name: string;
  readonly boxId: string;
  readonly touches: readonly Touch[];
  /** When the box last lost what was in its RAM. */
  readonly bootedAtMs: number;
}

/** An order to open from afar that the cloud took. */
export interface GivenOrder {
  readonly openingId: string;
  readonly boxId: string;
  readonly bin: number;
  readonly press: 'none' | 'button';
  readonly by: string;
  readonly orderedAtMs: number;
  readonly untilMs: number;
}

/** Sees every opening of a world with staff. */
export class OpeningOracle {
  readonly orders: GivenOrder[] = [];
  /** When processes of the cloud died. */
  readonly deathsMs: number[] = [];
  /** What was explained so far, for the report: by whose hands. */
  readonly explained = { people: 0, orders: 0 };
  readonly #rights: Rights;
  readonly #phones: Phones;
  readonly #phoneOf: (personId: string) => string | undefined;
  readonly #usedCodes = new Set<string>();
  readonly #usedOrders = new Set<string>();

  constructor(rights: Rights, phones: Phones, phoneOf: (personId: string) => string | undefined) {
    this.#rights = rights;
    this.#phones = phones;
    this.#phoneOf = phoneOf;
  }

  /** A box is about to open. @param nowMs when it decided so. @throws Violation I8, I9 */
  opens(at: OpenedAt, grant: OpenedBy, nowMs: number): void {
    if (grant.purpose === 'return' || grant.codeId !== null) return;
    const promise = grant.purpose === 'service' ? 'I9' : 'I8';
    const why =
      nowMs - grant.grantedAtMs > GRANT_LIVES_MS
        ? `although its grant is ${nowMs - grant.grantedAtMs} ms old`
        : grant.purpose === 'service'
          ? this.#whyNotRemote(at, grant)
          : this.#whyNotPerson(at, grant);
    if (why !== undefined)
      throw new Violation(promise, `${at.name} opens bin ${grant.bin} for ${grant.personId} ${why}`);
  }

  #whyNotPerson(at: OpenedAt, { personId, keyId, grantedAtMs }: OpenedBy): string | undefined {
    if (personId === null || keyId === null) return 'who is nobody';
    if (!this.#rights.mayTake(personId, keyId, grantedAtMs)) return `who may not take ${keyId}`;
    const shown = this.#shown(at, personId, grantedAtMs);
    if (shown.length === 0) return 'who did not say who it is';
    this.explained.people += 1;
    const policies = this.#rights.policies.perhaps(grantedAtMs);
    if (policies.some(({ secondFactor }) => secondFactor === 'off')) return undefined;
    const code = this.#typedCode(at, { personId, grantedAtMs, shown });
    if (code === undefined) return 'without a second code';
    this.#usedCodes.add(nameOf(code));
    return undefined;
  }

  /** When the person's ID code was typed here, or the badge held to the reader where badges are taken. */
  #shown({ touches }: OpenedAt, personId: string, grantedAtMs: number): readonly number[] {
    const sinceMs = grantedAtMs - CODE_LIVES_MS - CHOICE_MS - TRAVEL_MS;
    const takesBadges = this.#rights.policies.perhaps(grantedAtMs).some(({ badge }) => badge === 'on');
    return touches
      .filter(({ kind, what, atMs }) => {
        if (atMs < sinceMs || atMs > grantedAtMs) return false;
        const span = [atMs, atMs + TRAVEL_MS] as const;
        if (kind === 'typed')
          return this.#rights.idCodes
            .perhaps(...span)
            .some((one) => one.personId === personId && one.digits === what);
        return (
          kind === 'tapped' &&
          takesBadges &&
          this.#rights.badges.perhaps(...span).some((one) => one.personId === personId && one.tag === what)
        );
      })
      .map(({ atMs }) => atMs);
  }

  /** A code that was sent to this person after this box was told who it is, that was typed here, and never before used. */
  #typedCode(
    { touches }: OpenedAt,
    about: { readonly personId: string; readonly grantedAtMs: number; readonly shown: readonly number[] },
  ): SentText | undefined {
    const { personId, grantedAtMs, shown } = about;
    const phone = this.#phoneOf(personId);
    return this.#phones.sent.find(
      (text) =>
        text.to === phone &&
        !this.#usedCodes.has(nameOf(text)) &&
        shown.some((atMs) => atMs <= text.atMs && text.atMs <= atMs + CODE_LIVES_MS + TRAVEL_MS) &&
        touches.some(
          ({ kind, what, atMs }) =>
            kind === 'typed' &&
            what === text.digits &&
            atMs >= text.atMs &&
            atMs <= Math.min(grantedAtMs, text.atMs + CODE_LIVES_MS) &&
            grantedAtMs <= atMs + CHOICE_MS + TRAVEL_MS,
        ),
    );
  }

  #whyNotRemote(at: OpenedAt, { bin, personId, grantedAtMs }: OpenedBy): string | undefined {
    const order = this.orders.findLast(
      (one) =>
        one.boxId === at.boxId &&
        one.bin === bin &&
        one.by === personId &&
        !this.#usedOrders.has(one.openingId) &&
        one.orderedAtMs <= grantedAtMs &&
        grantedAtMs <= one.untilMs + ORDER_TRAVEL_MS &&
        at.bootedAtMs <= one.orderedAtMs &&
        !this.deathsMs.some((diedMs) => one.orderedAtMs < diedMs && diedMs < grantedAtMs) &&
        (one.press === 'none' || isPressed(at, one, grantedAtMs)),
    );
    if (order === undefined) return 'although no order is alive';
    this.#usedOrders.add(order.openingId);
    if (!this.#rights.mayOpen(order.by, grantedAtMs)) return 'who may not open here any more';
    this.explained.orders += 1;
    return undefined;
  }
}

function isPressed({ touches }: OpenedAt, { orderedAtMs }: GivenOrder, grantedAtMs: number): boolean {
  return touches.some(({ kind, atMs }) => kind === 'pressed' && orderedAtMs <= atMs && atMs <= grantedAtMs);
}

function nameOf({ to, digits }: SentText): string {
  return `${to} ${digits}`;
}
