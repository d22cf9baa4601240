// Loaded before the program under test: whatever reaches for the network ends the process with 99. Node's own
// permission model says nothing about the network before Node 25.
import dgram from 'node:dgram';
import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';

function refuse() {
  process.stderr.write('reached for the network\n');
  process.exit(99);
}

net.Socket.prototype.connect = refuse;
net.Server.prototype.listen = refuse;
dgram.createSocket = refuse;
dns.lookup = refuse;
dns.resolve = refuse;
globalThis.fetch = refuse;
globalThis.WebSocket = refuse;
syncBuiltinESMExports();
