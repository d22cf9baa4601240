// Everything that this server counts and measures, in one Prometheus registry of its own. The
// rest of the cloud calls these few functions and never sees the library.

import type { ProtocolErrorCode, RefusalReason } from '@smartbox/protocol';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { type Clock, type Trace, type TraceStage, traceStages } from './clock.ts';

/** Why a frame had no effect. A closed list: these are the values of one metric label. */
export type FrameRefusal =
  | RefusalReason
  | ProtocolErrorCode
  | 'unknown-box'
  | 'unconfirmed-session'
  | 'too-many-frames'
  | 'handler-failed';

/** Why a connection was refused or cut. */
export type ConnectionRefusal =
  | 'too-many-from-address'
  | 'packet-too-large'
  | 'not-a-connect'
  | 'slow-reader'
  | 'wrong-login'
  | 'refused-option'
  | 'foreign-topic'
  | 'refused-publish'
  | 'broken';

/** What the cloud tells its metrics. */
export interface Metrics {
  frameRefused(reason: FrameRefusal): void;
  connectionRefused(reason: ConnectionRefusal): void;
  /** One API answer. `route` is the pattern, never the address itself. */
  httpAnswered(answer: {
    readonly route: string;
    readonly method: string;
    readonly status: number;
    readonly ms: number;
  }): void;
  /** Somebody tried to sign in with a mail address that nobody has. */
  strangerTried(): void;
  committed(works: number): void;
  commitFailed(): void;
  /** A function to be asked for a present number whenever somebody reads the metrics. */
  gauge(name: 'connected_boxes' | 'event_streams', read: () => number): void;
  /** Measures the steps of every request. */
  readonly trace: Trace;
  /** Prometheus text format 0.0.4. */
  render(): Promise<string>;
  readonly contentType: string;
}

const stageBuckets = [0.0001, 0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5];
const gaugeHelp = {
  connected_boxes: 'Boxes that have a confirmed session now.',
  event_streams: 'Open streams of live events.',
} as const;

/** An empty registry with all of the cloud's metrics. */
export function createMetrics(clock: Clock): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const frames = new Counter({
    name: 'smartbox_frames_refused_total',
    help: 'Frames from boxes that had no effect, by reason.',
    labelNames: ['reason'],
    registers,
  });
  const connections = new Counter({
    name: 'smartbox_connections_refused_total',
    help: 'MQTT connections refused or cut, by reason.',
    labelNames: ['reason'],
    registers,
  });
  const http = new Histogram({
    name: 'smartbox_http_seconds',
    help: 'API answers by route, method and status.',
    labelNames: ['route', 'method', 'status'],
    buckets: stageBuckets,
    registers,
  });
  const groups = new Histogram({
    name: 'smartbox_commit_group_works',
    help: 'Pieces of work that shared one durable commit.',
    buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256, 512],
    registers,
  });
  const failures = new Counter({
    name: 'smartbox_commits_failed_total',
    help: 'Commits that the database refused.',
    registers,
  });
  const strangers = new Counter({
    name: 'smartbox_sign_ins_of_strangers_total',
    help: 'Sign-ins that were tried with a mail address that nobody has.',
    registers,
  });
  return {
    strangerTried: () => strangers.inc(),
    frameRefused: (reason) => frames.inc({ reason }),
    connectionRefused: (reason) => connections.inc({ reason }),
    httpAnswered: ({ route, method, status, ms }) =>
      http.observe({ route, method, status: String(status) }, ms / 1_000),
    committed: (works) => groups.observe(works),
    commitFailed: () => failures.inc(),
    gauge(name, read) {
      new Gauge({
        name: `smartbox_${name}`,
        help: gaugeHelp[name],
        registers,
        collect() {
          this.set(read());
        },
      });
    },
    trace: stageTrace(clock, registers),
    render: () => registry.metrics(),
    contentType: registry.contentType,
  };
}

// One start per box is kept: a box has at most one request outstanding, and where it sends more
// the later one restarts the measurement.
function stageTrace(clock: Clock, registers: Registry[]): Trace {
  const stages = new Histogram({
    name: 'smartbox_stage_seconds',
    help: 'Time from a frame’s arrival to each step of its request.',
    labelNames: ['stage'],
    buckets: stageBuckets,
    registers,
  });
  // Bound once: the library hashes labels at every observation otherwise.
  const observed = new Map(traceStages.map((stage) => [stage, stages.labels({ stage })]));
  const startedMs = new Map<string, number>();
  return (stage: TraceStage, boxId: string) => {
    const nowMs = clock.monotonicMs();
    if (stage === 'frame-received') {
      startedMs.set(boxId, nowMs);
      return;
    }
    const started = startedMs.get(boxId);
    if (started === undefined) return;
    observed.get(stage)?.observe((nowMs - started) / 1_000);
    if (stage === 'answered') startedMs.delete(boxId);
  };
}
