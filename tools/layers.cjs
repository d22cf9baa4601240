// Who may import whom, for dependency-cruiser: folders are layers, arrows point down, no rings.
// It reads TypeScript with the swc parser; with TypeScript 7 and no other parser the tool reads
// no .ts file at all and reports "no violations". tools/rules-fire.test.ts keeps that from coming back.
'use strict';

/** Files that only tests run: they may look inside. */
const TESTS = '[.]test[.]ts$|^packages/[^/]+/(test|scenarios|engines)/|/vitest[.]config[.]ts$';
/** What packs a package into one file runs before there is anything to install. */
const BUNDLERS = '^packages/[^/]+/bundle/';
const EXTERNAL = '(^|/)node_modules/';

/** @param name names the broken rule; @param why says what to do instead; @param from whose imports; @param to what is refused */
const forbid = (name, why, from, to) => ({ name, comment: why, severity: 'error', from, to });

const everywhere = [
  forbid(
    'no-cycles',
    'Two files that need each other are one file, or need a third below both.',
    {},
    { circular: true },
  ),
  forbid('no-unresolved', 'The import points at nothing.', {}, { couldNotResolve: true }),
  forbid(
    'no-undeclared-dependency',
    'Declare the library in the package that imports it.',
    { path: '^(packages/[^/]+|bench)/', pathNot: `${TESTS}|${BUNDLERS}` },
    { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'npm-dev'], pathNot: '^packages/|node_modules/@types/' },
  ),
  forbid('tests-are-leaves', 'A test is imported by nothing.', {}, { path: '[.]test[.]ts$' }),
  forbid(
    'by-the-front-door',
    'Import another package by its name: its exports are its doors.',
    { path: '^packages/([^/]+)/', pathNot: TESTS },
    {
      path: '^packages/[^/]+/',
      pathNot: '^packages/$1/|^packages/[^/]+/src/(index|(core|ports|runtime|hosts/[^/]+)/index)[.]ts$',
    },
  ),
];

const packages = [
  forbid(
    'protocol-imports-noble-only',
    'The words on the wire are pure: they rest on @noble and on nothing else.',
    { path: '^packages/protocol/src/', pathNot: TESTS },
    { pathNot: `^packages/protocol/src/|${EXTERNAL}@noble/` },
  ),
  forbid(
    'protocol-knows-no-package',
    'Protocol is the lowest layer.',
    { path: '^packages/protocol/' },
    { path: '^(packages/(?!protocol/)|bench/|tools/)' },
  ),
  forbid(
    'firmware-imports-protocol-only',
    'A box knows the words, and neither the cloud nor the simulator.',
    { path: '^packages/firmware/' },
    { path: '^(packages/(?!firmware/|protocol/)|bench/|tools/)' },
  ),
  forbid(
    'cloud-imports-protocol-only',
    'The cloud knows the words, and neither the firmware nor the simulator.',
    { path: '^packages/cloud/' },
    { path: '^(packages/(?!cloud/|protocol/)|bench/|tools/)' },
  ),
  forbid(
    'client-imports-nothing',
    'The client of the API runs in a browser as well, and installs nothing beside itself.',
    { path: '^packages/api-client/src/', pathNot: TESTS },
    { pathNot: '^packages/api-client/src/' },
  ),
  forbid(
    'cli-knows-no-cloud',
    'The command line knows the words, and neither the firmware nor the cloud: it speaks to a cloud by its API.',
    { path: '^packages/cli/', pathNot: TESTS },
    { path: '^(packages/(?!cli/|protocol/|api-client/)|bench/|tools/)' },
  ),
  forbid(
    'simulator-stands-on-top',
    'Only bench and tools may stand on the simulator.',
    { path: '^packages/(?!simulator/)' },
    { path: '^packages/simulator/' },
  ),
  forbid(
    'packages-know-no-tools',
    'Nothing rests on bench or tools.',
    { path: '^packages/' },
    { path: '^(bench|tools)/' },
  ),
];

const firmware = [
  forbid(
    'core-is-pure',
    'The core imports the protocol and itself.',
    { path: '^packages/firmware/src/core/', pathNot: TESTS },
    { pathNot: '^packages/firmware/src/core/|^packages/protocol/src/index[.]ts$' },
  ),
  forbid(
    'ports-import-nothing',
    'A port is a shape: it depends on no implementation.',
    { path: '^packages/firmware/src/ports/', pathNot: TESTS },
    { pathNot: '^packages/firmware/src/ports/' },
  ),
  forbid(
    'peripherals-stand-on-ports',
    'A peripheral gets its port handed in; it names no host, board or loop.',
    { path: '^packages/firmware/src/peripherals/', pathNot: TESTS },
    { path: '^packages/firmware/src/(runtime|hosts|boards)/' },
  ),
  forbid(
    'peripherals-know-no-node',
    'A peripheral runs on the board as well.',
    { path: '^packages/firmware/src/peripherals/', pathNot: TESTS },
    { dependencyTypes: ['core'] },
  ),
  forbid(
    'electronics-behind-ports',
    'Simulated electronics stand behind the ports of a board; they know neither its core nor its host.',
    { path: '^packages/firmware/src/electronics/', pathNot: TESTS },
    { path: '^packages/firmware/src/(core|peripherals|hosts)/' },
  ),
  forbid(
    'electronics-are-simulated',
    'What runs on a board knows nothing of simulated electronics.',
    { path: '^packages/firmware/src/(core|ports|peripherals|boards|runtime)/', pathNot: TESTS },
    { path: '^packages/firmware/src/electronics/' },
  ),
  forbid(
    'runtime-knows-no-host',
    'The loop runs on every host.',
    { path: '^packages/firmware/src/(runtime|boards)/', pathNot: TESTS },
    { path: '^packages/firmware/src/hosts/' },
  ),
  forbid(
    'hosts-stand-apart',
    'One host never needs another.',
    { path: '^packages/firmware/src/hosts/([^/]+)/', pathNot: TESTS },
    { path: '^packages/firmware/src/hosts/', pathNot: '^packages/firmware/src/hosts/$1/' },
  ),
];

const FEATURE = '^packages/cloud/src/features/([^/]+)/';
const cloud = [
  forbid(
    'features-through-the-door',
    "Import another feature's index.ts, never its insides.",
    { path: FEATURE, pathNot: TESTS },
    { path: FEATURE, pathNot: '^packages/cloud/src/features/($1/|[^/]+/index[.]ts$)' },
  ),
  forbid(
    'features-know-no-edge',
    'A feature is given what it needs: it imports no broker, no server, no composition.',
    { path: FEATURE, pathNot: TESTS },
    { path: '^packages/cloud/src/((broker|http)/|[^/]+[.]ts$)' },
  ),
  forbid(
    'edges-use-feature-doors',
    'Outside features/ only the doors are known.',
    { path: '^packages/cloud/src/(?!features/)', pathNot: TESTS },
    { path: FEATURE, pathNot: '^packages/cloud/src/features/[^/]+/index[.]ts$' },
  ),
  forbid(
    'platform-is-the-ground',
    'Platform serves all and knows none of them.',
    { path: '^packages/cloud/src/platform/', pathNot: TESTS },
    { path: '^packages/cloud/src/(?!platform/)' },
  ),
  forbid(
    'broker-and-http-stand-apart',
    'The edges meet in compose.ts only.',
    { path: '^packages/cloud/src/(broker|http)/', pathNot: TESTS },
    { path: '^packages/cloud/src/((broker|http)/|[^/]+[.]ts$)', pathNot: '^packages/cloud/src/$1/' },
  ),
];

const breakGlass = [
  forbid(
    'break-glass-is-pure',
    'What terminal and page share imports the protocol and itself.',
    { path: '^packages/cli/src/break-glass/', pathNot: TESTS },
    { pathNot: '^packages/cli/src/break-glass/|^packages/protocol/src/index[.]ts$' },
  ),
  forbid(
    'break-glass-speaks-to-nobody',
    'It opens what must stay in the room: no network, no other process.',
    { path: '^packages/cli/src/(break-glass|terminal|page|audit)/', pathNot: TESTS },
    {
      dependencyTypes: ['core'],
      path: '^(node:)?(net|tls|http|http2|https|dns|dgram|inspector|cluster|child_process|worker_threads)(/|$)',
    },
  ),
  forbid(
    'page-and-terminal-stand-apart',
    'What both need belongs into break-glass/.',
    { path: '^packages/cli/src/(page|terminal)/', pathNot: TESTS },
    { path: '^packages/cli/src/(page|terminal)/', pathNot: '^packages/cli/src/$1/' },
  ),
];

const protocol = [
  ['basics', 'wire|json|log|messages|frame|secure|offline|break-glass|audit'],
  ['wire', 'log|messages|frame|secure|offline|break-glass|audit'],
  ['json', 'log|messages|frame|secure|offline|break-glass|audit'],
].map(([lower, higher]) =>
  forbid(
    `protocol-${lower}-looks-down`,
    'Protocol folders are layers: basics, wire and json, then the rest.',
    { path: `^packages/protocol/src/${lower}/`, pathNot: TESTS },
    { path: `^packages/protocol/src/(${higher})/` },
  ),
);

module.exports = {
  forbidden: [...everywhere, ...packages, ...protocol, ...firmware, ...cloud, ...breakGlass],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)([.]types|[.]reports|[.]cache|[.]turbo)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.mjs', '.js', '.cjs', '.json', '.d.ts'],
    },
  },
};
