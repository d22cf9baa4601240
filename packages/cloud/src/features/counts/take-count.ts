// A count is taken: what a person found is set beside what the ledger believes, the differences are told, and
// nothing waits any more. All of it or nothing, in one transaction; the ledger stays as it is.

import type { Static } from 'typebox';
import type { Clock } from '../../platform/clock.ts';
import { CloudError, type FieldProblem } from '../../platform/errors.ts';
import type { EventBus } from '../../platform/events.ts';
import type { Identifiers, TenantId } from '../../platform/identifiers.ts';
import { tidyText } from '../../platform/plain-text.ts';
import type { Bin, Box, Boxes } from '../boxes/index.ts';
import type { Key, Keys } from '../keys/index.ts';
import { type Count, type CountLine, differenceOf, type Hanging } from './count.ts';
import type { newCountSchema } from './count-resource.ts';
import type { CountStore } from './store.ts';

/** What taking a count needs. */
export interface CountDesk {
  readonly clock: Clock;
  readonly identifiers: Identifiers;
  readonly events: EventBus;
  readonly counts: (tenantId: TenantId) => CountStore;
  readonly boxes: Pick<Boxes, 'find' | 'bins' | 'place'>;
  readonly keys: Pick<Keys, 'find' | 'byFob' | 'byFobLabel'>;
}

type NewCount = Static<typeof newCountSchema>;
type NewLine = NewCount['bins'][number];

/** @throws CloudError naming what is missing or cannot be; then nothing was taken */
export function takeCount(desk: CountDesk, tenantId: TenantId, box: Box, told: NewCount): Count {
  const store = desk.counts(tenantId);
  const state = store.state(box.boxId);
  if (state.askedAtMs === null) throw nothingWaits();
  const known = new Map(desk.boxes.bins(tenantId, box.boxId).map((bin) => [bin.bin, bin]));
  const read = told.bins.map((line, index) => readLine(desk, tenantId, { line, index, box, known }));
  const problems = [
    ...read.flatMap(({ problem }) => problem ?? []),
    ...repeated(told.bins),
    ...missing(
      store.openings(box.boxId).map(({ bin }) => bin),
      told.bins,
    ),
  ];
  if (problems.length > 0) throw new CloudError('invalid-request', { errors: problems });
  const count: Count = {
    countId: desk.identifiers.create('cnt'),
    countedAtMs: Math.floor(desk.clock.nowMs()),
    countedBy: tidyText(told.counted_by),
    lines: read.flatMap(({ line }) => line ?? []).sort((left, right) => left.bin - right.bin),
  };
  store.addCount(box.boxId, count);
  store.clearOpenings(box.boxId);
  store.saveState(box.boxId, { ...state, askedAtMs: null, rev: state.rev + 1 });
  tell(desk.events, { tenantId, box, count });
  return count;
}

/** @returns what the ledger believes to hang in a bin */
export function ledgerOf(keys: Pick<Keys, 'byFob'>, tenantId: TenantId, bin: Bin | undefined): Hanging {
  if (bin === undefined || bin.tag === null) return { kind: 'nothing' };
  const key = keys.byFob(tenantId, bin.tag);
  return key === undefined ? { kind: 'unknown-fob', fobLabel: null } : asHanging(key);
}

function readLine(
  desk: CountDesk,
  tenantId: TenantId,
  told: {
    readonly line: NewLine;
    readonly index: number;
    readonly box: Box;
    readonly known: ReadonlyMap<number, Bin>;
  },
): { readonly line?: CountLine; readonly problem?: FieldProblem } {
  const { line, index, box, known } = told;
  const at = `/body/bins/${index}`;
  if (line.bin > box.binCount && !known.has(line.bin))
    return { problem: noSuchBin(`${at}/bin`, box.binCount) };
  if ((line.key_id === undefined) === (line.fob_label === undefined)) return { problem: sayWhatHangs(at) };
  const ledger = ledgerOf(desk.keys, tenantId, known.get(line.bin));
  const found = foundIn(desk.keys, tenantId, line, ledger);
  if (found === undefined) return { problem: unknownKey(`${at}/key_id`) };
  const note = tidyText(line.note ?? '');
  return { line: { bin: line.bin, ledger, found, difference: differenceOf(ledger, found), note } };
}

/** @returns undefined for a key that the tenant has not, or no more */
function foundIn(
  keys: CountDesk['keys'],
  tenantId: TenantId,
  line: NewLine,
  ledger: Hanging,
): Hanging | undefined {
  if (typeof line.key_id === 'string') {
    const key = keys.find(tenantId, line.key_id);
    return key === undefined ? undefined : asHanging(key);
  }
  if (typeof line.fob_label !== 'string') return { kind: 'nothing' };
  const fobLabel = tidyText(line.fob_label);
  // Two fobs may say the same. The one that should hang there is taken for the one that does.
  if (ledger.kind === 'key' && ledger.fobLabel === fobLabel) return ledger;
  const key = keys.byFobLabel(tenantId, fobLabel);
  return key === undefined ? { kind: 'unknown-fob', fobLabel } : asHanging(key);
}

function asHanging({ keyId, fobLabel }: Key): Hanging {
  return { kind: 'key', keyId, fobLabel };
}

function tell(
  events: EventBus,
  told: { readonly tenantId: TenantId; readonly box: Box; readonly count: Count },
): void {
  const { tenantId, box, count } = told;
  const { boxId, locationId } = box;
  const about = { tenantId, boxId, locationId, occurredAtMs: count.countedAtMs };
  const differing = count.lines.filter(({ difference }) => difference !== null);
  for (const { bin, ledger, found, difference } of differing) {
    const concerned = ledger.kind === 'key' ? ledger : found;
    events.publish('fact-established', {
      ...{ ...about, bin, type: 'count.differs' },
      ...(concerned.kind === 'key' ? { keyId: concerned.keyId } : {}),
      data: {
        count_id: count.countId,
        difference,
        ledger_key_id: ledger.kind === 'key' ? ledger.keyId : null,
        found_key_id: found.kind === 'key' ? found.keyId : null,
        found_fob_label: found.kind === 'nothing' ? null : found.fobLabel,
      },
    });
  }
  const data = { count_id: count.countId, bins: count.lines.length, differences: differing.length };
  events.publish('fact-established', { ...about, type: 'count.done', data });
}

function repeated(lines: readonly NewLine[]): readonly FieldProblem[] {
  return lines.flatMap(({ bin }, index) => {
    const first = lines.findIndex((line) => line.bin === bin);
    const detail = { ja: `${bin} 番が二度あります。`, en: `Bin ${bin} is told of twice.` };
    return first === index ? [] : [{ pointer: `/body/bins/${index}/bin`, code: 'bin-twice', detail }];
  });
}

// Half a count would leave bins unseen for ever, because nothing waits after it.
function missing(waiting: readonly number[], lines: readonly NewLine[]): readonly FieldProblem[] {
  const absent = waiting.filter((bin) => !lines.some((line) => line.bin === bin));
  if (absent.length === 0) return [];
  const detail = {
    ja: `${absent.join('、')} 番も数えてください。`,
    en: `Count these bins as well: ${absent.join(', ')}.`,
  };
  return [{ pointer: '/body/bins', code: 'bins-missing', detail }];
}

function noSuchBin(pointer: string, binCount: number): FieldProblem {
  const detail = {
    ja: `このボックスの番号は 1 から ${binCount} までです。`,
    en: `The bins of this box are 1 to ${binCount}.`,
  };
  return { pointer, code: 'no-such-bin', detail };
}

function sayWhatHangs(pointer: string): FieldProblem {
  const detail = {
    ja: 'key_id か fob_label のどちらか一つを指定してください。何もないときは null にします。',
    en: 'Give key_id or fob_label, one of the two; null where nothing hangs.',
  };
  return { pointer, code: 'say-what-hangs', detail };
}

function unknownKey(pointer: string): FieldProblem {
  const detail = {
    ja: 'GET /v1/keys にある id か、キーホルダーの番号を fob_label で指定してください。',
    en: 'Give an id from GET /v1/keys, or what the fob says as fob_label.',
  };
  return { pointer, code: 'unknown-key', detail };
}

function nothingWaits(): CloudError {
  return new CloudError('conflict', {
    detail: {
      ja: 'このボックスに数えるべき番号はありません。GET /v1/boxes/{box_id}/count で確かめてください。',
      en: 'No bin of this box waits for a count. See GET /v1/boxes/{box_id}/count.',
    },
  });
}
