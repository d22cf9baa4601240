// `new-tenant`: begins a tenant on a server that has no demo: the tenant, its owner, and the invitation by which the
// owner signs in. Run where the data directory is, while the cloud is stopped; everything after that goes by the API.

import { compose } from './compose.ts';
import { readConfig } from './config.ts';
import { holdDirectory } from './platform/directory-hold.ts';
import { systemEntropy } from './platform/entropy.ts';
import { CloudError, invalidField, StartupFault } from './platform/errors.ts';
import { createLog } from './platform/log.ts';
import { systemClock, systemDefer, systemTimers } from './platform/system-clock.ts';

const usage = `new-tenant ORGANISATION OWNER MAIL

  new-tenant "Sakura Hotels" "山田 花子" hanako@example.jp

組織と最初のオーナーを作り、招待を表示します。サーバーを止めてから実行してください。
Makes an organisation with its first owner, and prints the invitation. Stop the server first.
`;

const unshowable = {
  ja: 'オーナーの名前は、表示できる 100 文字以内の文字にしてください。',
  en: 'Give the owner a name of at most 100 characters that can be shown.',
};

/** @returns what is printed, or undefined where the words do not fit */
async function begin([name, ownerName, mail, ...more]: readonly string[]): Promise<string | undefined> {
  if (!name || !ownerName || !mail || more.length > 0) return undefined;
  const config = readConfig();
  const release = holdDirectory(config.dataDirectory);
  const cloud = compose({
    config,
    ...{ clock: systemClock, timers: systemTimers, entropy: systemEntropy, defer: systemDefer },
    log: createLog({ level: config.logLevel, clock: systemClock }),
  });
  try {
    const { tenants, people, signIns } = cloud.features;
    return await cloud.commitGroup.run(() => {
      const tenantId = tenants.create(name);
      const personId = people.addFirstOwner(tenantId, { name: ownerName, mail });
      if (personId === undefined) throw invalidField('/owner', 'cannot-be-shown', unshowable);
      const { text, expiresAtMs } = signIns.invite(tenantId, personId);
      return `organisation  ${tenantId}
owner         ${personId}
invitation    ${text}
works until   ${new Date(expiresAtMs).toISOString()}

サーバーを起動し、POST /v1/invitation-acceptances で受諾してください（docs/operating.md）。
Start the server and take it up by POST /v1/invitation-acceptances (docs/operating.md).
`;
    });
  } finally {
    await cloud.stop();
    release();
  }
}

try {
  const told = await begin(process.argv.slice(2));
  if (told === undefined) {
    process.stderr.write(usage);
    process.exitCode = 2;
  } else process.stdout.write(told);
} catch (error) {
  if (!(error instanceof StartupFault || error instanceof CloudError)) throw error;
  const fields = error instanceof CloudError ? error.errors.map(({ detail }) => detail) : [];
  const texts =
    error instanceof CloudError ? [error.detail, ...fields].flatMap(({ ja, en }) => [ja, en]) : [];
  process.stderr.write(`${texts.length === 0 ? error.message : texts.join('\n')}\n`);
  process.exitCode = 1;
}
