// From flash and sensors to a running box. The first output is save-record boot (new hello block, next random
// key): nothing that depends on either leaves the box before. Then what a power cut left half done is finished
// (recovery key, last log entry), then the log hears of the boot and of doors that moved meanwhile.
import { decodeLogEntry, ProtocolError } from '@smartbox/protocol';
import { locksAtBoot } from './bin-lock.ts';
import { restoreMemory, untoldDoors } from './bin-memory.ts';
import { wantLink } from './cloud-link.ts';
import { restoreEmergency } from './emergency-keys.ts';
import type { Booted } from './inputs.ts';
import { startPower } from './keep-power.ts';
import { presenceFrom } from './key-presence.ts';
import { boxLimits } from './limits.ts';
import { restoreLockout } from './lockout.ts';
import { forgetMainRelease, restoreMainLock, untoldMainLock } from './main-lock-memory.ts';
import { encodeLogKey, restoreOutbox } from './outbox.ts';
import { seedRandom } from './random.ts';
import {
  decodeBoot,
  decodeFactory,
  decodeLogin,
  decodeRecovery,
  decodeRoot,
  encodeBoot,
  encodeRecovery,
  type RootRecord,
} from './records.ts';
import { decodeSecondNetwork } from './second-network.ts';
import { newSession } from './session.ts';
import { restoreSettings } from './settings.ts';
import { clockAtBoot, floorOf, vouchedOf } from './trusted-clock.ts';
import {
  endOpening,
  keepMainTold,
  learnEntry,
  note,
  save,
  type Turn,
  writeAllDown,
  writeDown,
} from './turn.ts';

/** Takes the first input of a boot. */
export function boot(turn: Turn, booted: Booted): void {
  const { box, nowMs } = turn;
  const { records } = booted;
  box.booted = true;
  box.binCount = Math.min(booted.binCount, boxLimits.bins);
  // Longer or other than ASCII would not fit the messages that carry it.
  box.firmware = booted.firmware.replace(/[^\x20-\x7e]/g, '?').slice(0, 16);
  if (booted.binCount > boxLimits.bins) note(turn, 'warn', 'too-many-bins');
  startRandom(turn, booted);
  box.factory = decodeFactory(records.factory);
  box.login = decodeLogin(records.login);
  box.recoveryKey = decodeRecovery(records.recovery);
  box.settings = restoreSettings(records.settings);
  box.lockout = restoreLockout(records.lockout, nowMs);
  box.secondNetwork = decodeSecondNetwork(records['second-network']);
  box.emergency = restoreEmergency(records);
  box.offlineTries = restoreLockout(records['offline-lockout'], nowMs, 'offline');
  box.challenges = restoreLockout(records['phone-lockout'], nowMs, 'phone');
  box.log = booted.log;
  box.clock = clockAtBoot(provenAtBoot(booted), booted.rtcMs, nowMs, vouchedOf(records['time-floor']));
  box.memory = restoreMemory(records, box.binCount);
  box.mainTold = restoreMainLock(records['main-lock']);
  box.wokeBy = booted.wokeBy;
  box.litUntilMs = nowMs + boxLimits.litMs;
  const root = decodeRoot(records.root);
  if (box.factory === undefined) note(turn, 'warn', 'no-factory-record');
  else if (root !== undefined) resume(turn, booted, root);
  const { doorsOpen, mainLockOpen: open } = booted;
  const main = open === undefined ? undefined : { told: box.mainTold, open };
  box.locks = locksAtBoot(box.memory, doorsOpen, nowMs, main);
  box.presence = presenceFrom(box.memory, booted.tags, nowMs);
  startPower(turn, booted, lastEntry(booted));
}

function startRandom(turn: Turn, booted: Booted): void {
  const { box } = turn;
  const saved = decodeBoot(booted.records.boot);
  box.block = Math.min((saved?.block ?? 0) + 1, boxLimits.helloBlocks);
  const seeded = seedRandom(turn.crypto, saved?.randomKey, booted.entropy, box.block);
  box.random = seeded.random;
  box.nextRandomKey = seeded.savedKey;
  save(turn, 'boot', encodeBoot({ block: box.block, randomKey: seeded.savedKey }));
}

// A claimed box takes up where it stopped.
function resume(turn: Turn, booted: Booted, root: RootRecord): void {
  const { box, nowMs } = turn;
  if (root.recoveryKey !== undefined) {
    box.recoveryKey = root.recoveryKey;
    save(turn, 'recovery', encodeRecovery(root.recoveryKey));
  }
  box.session = newSession({ epoch: root.epoch, rootKey: root.rootKey }, box.block, nowMs);
  box.link = wantLink(nowMs);
  restoreLog(turn, booted);
  if (booted.log.end === 0) writeDown(turn, { kind: 'claimed' });
  writeDown(turn, { kind: 'booted', detail: box.block });
  writeAllDown(turn, untoldDoors(box.memory, booted.doorsOpen, false));
  // From here on a closed door that opens was not released: the pulse died with the power.
  box.memory.forEach((bin, index) => {
    if (bin.released) endOpening(turn, index + 1);
  });
  const { mainLockOpen } = booted;
  if (mainLockOpen !== undefined) writeAllDown(turn, untoldMainLock(box.mainTold, mainLockOpen, false));
  keepMainTold(turn, forgetMainRelease(box.mainTold));
}

function restoreLog(turn: Turn, booted: Booted): void {
  const { box } = turn;
  const { records, log } = booted;
  const keys = { logKey: records['log-key'], acknowledged: records['log-acknowledged'] };
  const restored = restoreOutbox(turn.crypto, log, keys);
  box.outbox = restored?.outbox;
  if (restored === undefined) {
    note(turn, 'warn', 'no-log-key');
    return;
  }
  if (restored.steppedOver) {
    const entry = lastEntry(booted);
    if (entry !== undefined) learnEntry(turn, entry);
    save(turn, 'log-key', encodeLogKey(restored.outbox));
  }
  const { savedEnd } = restored.outbox;
  if (savedEnd > 0) turn.outputs.push({ kind: 'release-log', through: savedEnd });
}

// What the cloud once vouched for: the floor in flash, or the newest entry if its time was the cloud's.
function provenAtBoot(booted: Booted): number {
  const floorMs = floorOf(booted.records['time-floor']);
  const entry = lastEntry(booted);
  return entry?.timeSource === 'trusted' ? Math.max(floorMs, entry.timeMs) : floorMs;
}

function lastEntry(booted: Booted): ReturnType<typeof decodeLogEntry> | undefined {
  const { lastBody } = booted.log;
  if (lastBody === undefined) return undefined;
  try {
    return decodeLogEntry(lastBody);
  } catch (error) {
    if (error instanceof ProtocolError) return undefined;
    throw error;
  }
}
