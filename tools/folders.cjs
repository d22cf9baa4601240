// No two folders import each other, however far round: a ring of folders is one layer under several
// names. A cruise of its own, because tests, which may look anywhere, would close many a ring.
'use strict';
const { options } = require('./layers.cjs');

module.exports = {
  forbidden: [
    {
      name: 'no-folder-rings',
      comment: 'Move what both folders need below both of them.',
      severity: 'error',
      scope: 'folder',
      from: {},
      to: { circular: true },
    },
  ],
  options: {
    ...options,
    exclude: { path: `${options.exclude.path}|[.]test[.]ts$|^packages/[^/]+/(test|scenarios)/` },
  },
};
