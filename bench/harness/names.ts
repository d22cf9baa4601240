// What the contenders are called, in tables and in the code that looks their figures up.

/** Names by role. */
export const names = {
  tcp: 'TCP echo (Node)',
  hop: 'mosquitto hop',
  aedes: 'bare aedes echo',
  insert: 'one durable insert',
  cloud: 'SmartBox cloud',
  cloudSingle: 'SmartBox cloud, one transaction a request',
  bareHttp: 'bare Fastify + one SQLite insert',
  naivePermissions: 'naive join',
  peer: 'mosquitto + Node service',
} as const;
