// Every time-out and bound of the box in one table, each with its unit and its reason. The wire's own
// bounds are in the protocol's limits; where both must agree, this table repeats the protocol's value.
import { limits } from '@smartbox/protocol';

/** The box's bounds. Names end in their unit. */
export const boxLimits = {
  /** Bins that three records of at most 96 bytes can remember, 13 bytes a bin. */
  bins: 21,

  /** Shortest code that is worth asking for: the shortest a product on the market issues. */
  codeDigitsMin: 4,
  /** Longest code: what one request can carry. */
  codeDigitsMax: limits.codeDigits,
  /** How long the digit just typed stays readable: long enough to check it, too short to look over a shoulder. */
  digitShownMs: 1_500,
  /** How long before the end of the idle time the display asks; WCAG 2.2.1 wants a warning that one key extends. */
  idleWarningMs: 10_000,
  /** Idle time while the cloud has set none; never below 20 s whatever the cloud says. */
  idleDefaultMs: 30_000,
  /** Shortest idle time that the cloud may set: WCAG 2.2.1. */
  idleMinMs: 20_000,
  /** Longest idle time that the cloud may set: a half-typed code must not wait for the next person. */
  idleMaxMs: 600_000,

  /** Code tries before the first wait: people mistype twice, rarely five times. */
  freeTries: 5,
  /** First wait; it doubles with each further try. */
  firstWaitMs: 30_000,
  /** Longest wait: at most 96 tries a day even without the daily cap. */
  longestWaitMs: 900_000,
  /** Counted tries above which the wait no longer grows: 5 + log2(900 / 30) rounded up. */
  triesCounted: 10,
  /** One counted try is forgotten after this long without a try: not sooner than the longest wait is over. */
  tryForgottenMs: 1_800_000,
  /** Code tries in 24 hours of uptime; a guesser of 8 digits then needs thousands of years. */
  triesPerDay: 40,
  /** The day is counted in hours, one more than 24 so that the count is never below a true rolling day. */
  hoursCounted: 25,
  /** One hour. */
  hourMs: 3_600_000,

  /** A box whose cloud does not answer a person within this counts as alone; the same as one connection attempt. */
  aloneAfterMs: 20_000,
  /** How long a question for a cell or a bin waits: finding the sheet in a drawer takes a while. */
  dialogIdleMs: 120_000,
  /** How long a challenge for the phone is good: being put through and identified takes minutes. */
  challengeLifetimeMs: 600_000,
  /** Answers that may be tried for one challenge. */
  challengeTries: 3,
  /** Share of the log, in percent, and the entries at least, that codes of a box alone leave to the cloud's grants. */
  liveReservePercent: 10,
  /** See `liveReservePercent`: four openings. */
  liveReserveEntries: 32,

  /** A grant is taken this long after its request; the cloud counts the same. */
  grantDeadlineMs: limits.requestLifetimeMs,

  /** Longest that the box waits for the answer to a further question: a text message may take minutes. */
  furtherWaitMaxMs: 600_000,
  /** Longest that an opening waits for the button: the cloud's administrator and the person are on the telephone. */
  orderWaitMaxMs: 600_000,

  /** One latch pulse: the coil needs about 100 ms, the spring and a stiff door the rest. */
  pulseMs: 400,
  /** Between two pulses anywhere in the box: the supply drives one coil and recovers meanwhile. */
  latchRestMs: 200,
  /** A door that has not opened by then gets another pulse. */
  pulseRetryMs: 3_000,
  /** Pulses for one grant; then the bin is jammed. */
  pulses: 3,
  /** A jammed door that gives way within this time still counts as opened by its grant, not as forced. */
  jamGraceMs: 120_000,
  /** Open longer than this is left open, while the cloud has set nothing. */
  leftOpenDefaultMs: 60_000,
  /** Shortest such time that the cloud may set: taking a key out takes that long. */
  leftOpenMinMs: 10_000,
  /** Longest such time that the cloud may set. */
  leftOpenMaxMs: 3_600_000,
  /** How often a door that is left open reminds. */
  remindEveryMs: 30_000,

  /** A tag must be gone this long with the door open before the key counts as taken: readers blink. */
  tagGoneMs: 700,
  /** After a door closed, its reader gets this long to see what lies inside: four sweeps, less than typing a code. */
  tagSettleMs: 600,
  /** A tag that vanishes behind a closed door must be gone this long before that is written down. */
  tagVanishedMs: 5_000,

  /** What does not fit into the last line of the menu at once takes turns: reading speed of one line, twice. */
  menuTurnMs: 4_000,
  /** How long the outcome of a try stays on the display: reading speed of four lines, twice. */
  noticeMs: 8_000,
  /** The light stays on this long after the last sign of a person. */
  litMs: 30_000,
  /** A session that is back by then was not missed: the display does not flicker over a renewal. */
  renewalHiddenMs: 3_000,
  /** A box that has just lost its session says that it connects; after this long, that there is no network. */
  connectingShownMs: 20_000,

  /** A connection that is neither made nor refused by then is given up: TCP itself would wait minutes. */
  connectMs: 20_000,
  /** First pause before connecting again, doubling up to the longest; half of each is random. */
  connectPauseMs: 1_000,
  /** Longest pause: a box is back within two minutes of the network, whatever it missed. */
  connectPauseMaxMs: 30_000,
  /** A search for Wi-Fi networks that brings nothing by then has found none: all channels, twice. */
  networkScanMs: 15_000,
  /** Networks that a person can choose from: one digit each. */
  networksListed: 9,
  /** Shortest passphrase of a second network: WPA2's own bound; digits, because the keypad has no letters. */
  passphraseDigitsMin: 8,
  /** Longest one: nobody types more without a mistake that no display may show. */
  passphraseDigitsMax: 20,
  /** The dialog for a second network ends after this long without a key: a phone must be set up meanwhile. */
  networkSetupIdleMs: 180_000,
  /** Over the second network home is tried again this often: an outage of a router lasts minutes. */
  homeAgainMs: 900_000,
  /** A HELLO that is not answered by then is lost; also bounds the error of the time in its answer. */
  helloMs: 8_000,
  /** Pause after an unanswered HELLO, half of it random. */
  helloPauseMs: 4_000,
  /** Unanswered HELLOs after which the connection itself is suspected and made anew. */
  hellosPerConnection: 3,
  /** Unanswered HELLOs in a row (about ten minutes) after which the root keys are suspected to have parted. */
  hellosBeforeRecovery: 60,
  /** How often a recovery is asked for: an operator has to approve it, which takes a while. */
  recoveryEveryMs: 60_000,
  /** HELLO attempts in one block of the hello counter; a boot takes a new block and writes flash once. */
  hellosPerBlock: 256,
  /** Highest block: 2^24 boots are more than ten years of a boot every 20 seconds. */
  helloBlocks: 0xff_ffff,

  /** Heartbeats; with the answer's deadline below 30 s, so that a dead session is renewed within 30 s. */
  heartbeatMs: 20_000,
  /** A heartbeat that is not answered by then says that the session is dead. */
  heartbeatAnswerMs: 8_000,
  /** The first Diffie-Hellman step after a boot: late enough that a boot loop does not pay for it. */
  firstKeyStepMs: 3_600_000,
  /** A step that was not answered is left out of the next HELLO and tried again after this long. */
  keyStepAgainMs: 3_600_000,
  /** The following ones, on mains and while nobody uses the box. */
  keyStepEveryMs: 86_400_000,
  /** "Nobody uses the box": no key, tag or door for this long. */
  quietMs: 60_000,

  /** How long the button is held to ask for a claim: longer than any accidental press. */
  claimHoldMs: 5_000,
  /** How long the claim code is shown and valid; the cloud counts the same. */
  claimLifetimeMs: limits.claimLifetimeMs,
  /** How often the claim-hello is repeated while the code is shown. */
  claimHelloEveryMs: 10_000,

  /** Entries in one report: what one message holds. */
  logBatchEntries: limits.logBatchEntries,
  /** An unacknowledged batch is sent again, in a new record, after this long. */
  reportAgainMs: 10_000,
  /** A flash read that brings nothing by then is asked for again. */
  readAgainMs: 5_000,
  /** Acknowledged entries between two saves of how far the cloud has the log: spares flash. */
  acknowledgedSaveEntries: 64,
  /** Free entries that an opening needs: intended, opened, taken, placed, closed, left open, jammed, one spare. */
  openingReserveEntries: 8,
  /** Share of the log, in percent, above which only entries that matter for security are kept. */
  logNearlyFullPercent: 90,

  /** How often the time floor goes to flash. */
  floorEveryMs: 3_600_000,
  /** How fast the board's crystal may run, in parts per million, ageing and frost included. */
  crystalPpm: 500,
  /** How fast the real-time clock may drift, in parts per million: what its chip promises over its temperatures. */
  rtcPpm: 20,
  /** An authenticator's code is not taken from a clock that may be further off: two of its codes. */
  authenticatorDriftMs: 60_000,
  /** A clock correction smaller than this does not touch the real-time clock. */
  rtcToleranceMs: 2_000,

  /** From the loss of mains to sleep, while the cloud has set nothing. */
  sleepAfterDefaultMs: 120_000,
  /** Shortest such time that the cloud may set: a flicker of mains must not put the box to sleep. */
  sleepAfterMinMs: 10_000,
  /** Longest: an hour awake costs 6 percent of the battery. */
  sleepAfterMaxMs: 3_600_000,
  /** A box on battery stays awake this long after the last person, while the cloud has set nothing. */
  awakeDefaultMs: 60_000,
  /** Shortest such time that the cloud may set: WCAG 2.2.1, as for the idle time. */
  awakeMinMs: 20_000,
  /** Longest: ten minutes for every person cost the battery nine times as much as one. */
  awakeMaxMs: 600_000,
  /** A press this soon after a start is the tail of the one that woke the box, not the beginning of another. */
  wakingPressMs: 500,
  /** How long the screen says that the battery is empty before it goes dark: reading speed of four lines. */
  emptyShownMs: 6_000,
  /**
   * Charge at which a box on battery ends in good order, in percent. An aged cold cell (140 mOhm) rests at 2.92 V here
   * and sags to 2.49 V under a latch, 0.09 V above where the 12 V converter gives up (2.4 V), gauge error included; what
   * is left keeps clock and memory for half a year.
   */
  batteryCutoffPercent: 6,
  /** Charge at which the battery counts as low, in percent: some 120 openings are left. */
  batteryLowPercent: 20,
  /** The battery must be above this before it can warn again, in percent. */
  batteryRecoveredPercent: 30,
} as const;
