// The developer's text messages stand in the log in full: that is what they are for.
import { expect, it } from 'vitest';
import { FixedPorts } from '../../test/fixed-ports.ts';
import { createLog } from './log.ts';
import { createLoggedTextMessages } from './logged-text-messages.ts';

it('a developer reads number and text in the log, at a level that the demo shows', async () => {
  const lines: string[] = [];
  const { clock } = new FixedPorts();
  const log = createLog({ level: 'warn', clock }, { write: (line) => void lines.push(line) });
  const texts = createLoggedTextMessages(log);
  expect(await texts.send({ to: '+819012345678', body: 'code: 482913' })).toMatchObject({ kind: 'accepted' });
  expect(await texts.delivery('development')).toEqual({ kind: 'delivered' });
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ phone: '+819012345678', textMessage: 'code: 482913' });
  texts.close();
});
