// The whole box as one plain value: what `step` takes and gives back, what a simulator saves and replays. Only the
// composition (box, boot, turn, person, cloud, time) reads more than one part of it.
import type { AccessAttempt } from './access-attempt.ts';
import { type BinLocks, locksAtBoot } from './bin-lock.ts';
import { type BinMemory, emptyMemory } from './bin-memory.ts';
import { type ClaimState, noClaim } from './claim.ts';
import type { CloudLink } from './cloud-link.ts';
import type { EmergencyDialog } from './emergency-dialog.ts';
import { type EmergencyKeys, restoreEmergency } from './emergency-keys.ts';
import type { FurtherQuestion } from './further-question.ts';
import type { LogAtBoot, WokeBy } from './inputs.ts';
import { type KeyPresence, presenceFrom } from './key-presence.ts';
import { emptyKeypad, type KeypadEntry } from './keypad-entry.ts';
import { type Lockout, restoreLockout } from './lockout.ts';
import type { Delivery } from './log-delivery.ts';
import { type MainLockTold, mainLockUntold } from './main-lock-memory.ts';
import type { NetworkSetup } from './network-dialog.ts';
import { type NetworkRoute, newRoute } from './network-route.ts';
import type { OpenAll } from './open-all.ts';
import type { OrderedOpening } from './ordered-opening.ts';
import type { Outbox } from './outbox.ts';
import type { ShownScreen } from './outputs.ts';
import type { PowerState } from './power.ts';
import type { RandomSource } from './random.ts';
import type { FactoryRecord } from './records.ts';
import type { RecoveryState } from './recovery.ts';
import type { Notice } from './screen.ts';
import type { KeptNetwork } from './second-network.ts';
import type { SessionState } from './session.ts';
import { defaultSettings, type Settings } from './settings.ts';
import { emptySupply, type SupplyState } from './supply.ts';
import { clockAtBoot, type TrustedClock } from './trusted-clock.ts';
import type { Visit } from './visit.ts';

/** Structured-cloneable; holds keys, so a saved copy is a secret. */
export interface BoxState {
  readonly booted: boolean;
  readonly binCount: number;
  readonly firmware: string;
  /** Undefined on a board that no factory tool has seen. */
  readonly factory: FactoryRecord | undefined;
  readonly recoveryKey: Uint8Array | undefined;
  /** Broker password of the claim. */
  readonly login: string | undefined;
  /** The log as the boot found it: where the first entry after a claim goes on. */
  readonly log: LogAtBoot;
  /** Key of the random source that flash holds for the next boot. */
  readonly nextRandomKey: Uint8Array;
  readonly block: number;

  readonly settings: Settings;
  readonly supply: SupplyState;
  readonly power: PowerState;
  readonly wokeBy: WokeBy;
  readonly clock: TrustedClock;
  readonly random: RandomSource;

  readonly keypad: KeypadEntry;
  readonly lockout: Lockout;
  readonly attempt: AccessAttempt | undefined;
  /** What the cloud wants to hear from the person before it decides. */
  readonly further: FurtherQuestion | undefined;
  /** The cloud wants an opening as soon as somebody presses the button. */
  readonly ordered: OrderedOpening | undefined;
  readonly notice: Notice | undefined;

  /** Keys and rules for openings without the cloud. */
  readonly emergency: EmergencyKeys;
  /** Tries of codes that the box judges alone, and challenges for the phone. */
  readonly offlineTries: Lockout;
  readonly challenges: Lockout;
  /** Somebody is at the box while there is no session. */
  readonly visit: Visit | undefined;
  /** What the box asks that person, undefined for the menu. */
  readonly dialog: EmergencyDialog | undefined;
  readonly openAll: OpenAll | undefined;

  readonly locks: BinLocks;
  readonly presence: KeyPresence;
  readonly memory: BinMemory;
  readonly mainTold: MainLockTold;

  /** Undefined while unclaimed, and where flash lost the log key: nothing can be written down then. */
  readonly outbox: Outbox | undefined;
  /** The full log swallowed a fact: doors and tags are compared with the log again once it has room. */
  readonly untold: boolean;
  /** Set while a session is live. */
  readonly delivery: Delivery | undefined;
  readonly link: CloudLink;
  readonly route: NetworkRoute;
  /** A phone's hotspot that somebody entered at the box. */
  readonly secondNetwork: KeptNetwork | undefined;
  /** The dialog in which that happens. */
  readonly networkSetup: NetworkSetup | undefined;
  /** Set once the box is claimed. */
  readonly session: SessionState | undefined;
  readonly recovery: RecoveryState | undefined;
  readonly claim: ClaimState;

  readonly shown: ShownScreen | undefined;
  /** The bin that was granted last and is not closed again, 0 for none. */
  readonly focusBin: number;
  readonly lastPersonMs: number;
  readonly litUntilMs: number;
}

const NO_BYTES = new Uint8Array(0);

/** @returns a box that has not booted: every input but `booted` is ignored */
export function initialState(): BoxState {
  return {
    booted: false,
    binCount: 0,
    firmware: '',
    factory: undefined,
    recoveryKey: undefined,
    login: undefined,
    log: { first: 1, end: 0, hash: NO_BYTES, capacity: 0 },
    nextRandomKey: NO_BYTES,
    block: 0,
    settings: defaultSettings(),
    supply: emptySupply(),
    power: { kind: 'mains' },
    wokeBy: 'power',
    clock: clockAtBoot(0, undefined, 0),
    random: { key: NO_BYTES, pool: NO_BYTES },
    keypad: emptyKeypad(),
    lockout: restoreLockout(undefined, 0),
    attempt: undefined,
    further: undefined,
    ordered: undefined,
    notice: undefined,
    emergency: restoreEmergency({}),
    offlineTries: restoreLockout(undefined, 0, 'offline'),
    challenges: restoreLockout(undefined, 0, 'phone'),
    visit: undefined,
    dialog: undefined,
    openAll: undefined,
    locks: locksAtBoot([], [], 0),
    presence: presenceFrom([], [], 0),
    memory: emptyMemory(0),
    mainTold: mainLockUntold(),
    outbox: undefined,
    untold: false,
    delivery: undefined,
    link: { kind: 'unwanted' },
    route: newRoute(),
    secondNetwork: undefined,
    networkSetup: undefined,
    session: undefined,
    recovery: undefined,
    claim: noClaim(),
    shown: undefined,
    focusBin: 0,
    lastPersonMs: 0,
    litUntilMs: 0,
  };
}
