// The cloud as a server to be loaded: composed as in production, with the embedded broker and the API, and with the
// bench's asks beside it.
import { Session } from 'node:inspector/promises';
import { allPermissions, systemDefer } from '@smartbox/cloud';
import { answerAsks } from '../harness/asks.ts';
import { childSettings } from '../harness/child.ts';
import { type CpuProfile, type ProfileShares, sharesOf } from '../harness/profile-shares.ts';
import { composeForBench } from './compose-for-bench.ts';

/** What the server is told at its start. */
export interface CloudServerSettings {
  readonly databasePath: string;
  /** `group`: as in production. `single`: every request has a transaction of its own. */
  readonly commits: 'group' | 'single';
}

/** What it says when it is ready. */
export interface CloudServerReady {
  /** Of the embedded broker. */
  readonly port: number;
  /** The API: address and a token that may do everything. */
  readonly address: string;
  readonly token: string;
}

/** What it answers. */
export type CloudServerAsks = {
  readonly collect: () => void;
  /** Begins to sample who uses the processor. */
  readonly startProfile: () => Promise<void>;
  readonly stopProfile: () => Promise<ProfileShares>;
};

const sampleUs = 250;
const { databasePath, commits } = childSettings<CloudServerSettings>();
const cloud = composeForBench({
  databasePath,
  defer: commits === 'group' ? systemDefer : (run) => run(),
});
await cloud.start();
const address = await cloud.listen();
const { tenants } = cloud.features;
const { text: token } = await cloud.commitGroup.run(() => {
  const tenantId = tenants.list()[0] ?? tenants.create('Bench');
  return tenants.issueToken(tenantId, { name: 'bench', permissions: allPermissions });
});
const inspector = new Session();
inspector.connect();
const ready: CloudServerReady = { port: cloud.mqttPorts()?.plain ?? 0, address, token };

answerAsks(
  {
    collect: () => globalThis.gc?.(),
    async startProfile() {
      await inspector.post('Profiler.enable');
      await inspector.post('Profiler.setSamplingInterval', { interval: sampleUs });
      await inspector.post('Profiler.start');
    },
    async stopProfile() {
      const { profile } = await inspector.post('Profiler.stop');
      return sharesOf(profile as CpuProfile);
    },
  } satisfies CloudServerAsks,
  ready,
);
