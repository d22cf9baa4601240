// Writes openapi.json from the schemas that check the requests. Run it after changing a route; a
// test says when it was forgotten.

import { writeFileSync } from 'node:fs';
import { describeApi } from '../test/quiet-cloud.ts';

writeFileSync(new URL('../openapi.json', import.meta.url), await describeApi());
