// Runs this package's tests with the workspace's one set-up.
import { testConfig } from '../../vitest.base.ts';

export default testConfig('api-client');
