// Writes docs/permissions.md from the declared routes and the table of roles. Run it after changing either; a test says
// when it was forgotten.

import { writeFileSync } from 'node:fs';
import { describePermissions } from '../test/permission-table.ts';

writeFileSync(new URL('../../../docs/permissions.md', import.meta.url), describePermissions());
