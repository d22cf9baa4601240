// What `pnpm start` prints when everything runs: pure, so that a test can read it.
import type { DemoCode } from './stock.ts';

/** Everything that the welcome names. */
export interface Welcome {
  readonly apiAddress: string;
  readonly mqttPlainPort: number | undefined;
  readonly mqttTlsPort: number | undefined;
  readonly boxId: string;
  readonly apiToken: string;
  readonly stepUpPassphrase: string;
  readonly code: DemoCode;
  /** ID code of a member of staff; undefined where text messages leave the house, because nobody has that phone. */
  readonly staffCode: string | undefined;
  readonly dataDirectory: string;
  readonly boxControl: readonly string[];
}

/** @returns the welcome, line by line */
export function welcomeLines(welcome: Welcome): readonly string[] {
  const { apiAddress, mqttPlainPort, mqttTlsPort, code, staffCode } = welcome;
  const brokers = [
    ...(mqttTlsPort === undefined ? [] : [`mqtts://127.0.0.1:${mqttTlsPort} (boxes)`]),
    ...(mqttPlainPort === undefined ? [] : [`mqtt://127.0.0.1:${mqttPlainPort}`]),
  ];
  const place = code.bin === undefined ? 'which is out: return it first' : `in bin ${code.bin}`;
  const control = welcome.boxControl.filter((address) => address.startsWith('http'));
  return [
    '',
    'SmartBox is running.',
    '',
    `  API          ${apiAddress}/v1   reference: ${apiAddress}/reference`,
    `  broker       ${brokers.join('   ')}`,
    `  box          box_${welcome.boxId}, 8 bins, simulated`,
    ...control.map((address) => `  box control  ${address}/state`),
    `  data         ${welcome.dataDirectory}`,
    '',
    `  operator token   ${welcome.apiToken}`,
    `  passphrase       ${welcome.stepUpPassphrase}   dangerous calls ask for it: POST /v1/step-ups`,
    `  key code         ${group(code.digits)}   opens “${code.keyName}”, ${place}`,
    ...(staffCode === undefined ? [] : staffLines(staffCode)),
    '',
    'Next: open the keypad in a second terminal, type a code and press Enter:',
    '',
    '  npx -y pnpm@12 box',
    '',
    'Watch what happens (third terminal):',
    '',
    `  curl -N -H 'Authorization: Bearer ${welcome.apiToken}' ${apiAddress}/v1/events/stream`,
    '',
    'Ctrl-C stops it; the next start finds everything again.',
    '',
  ];
}

function staffLines(staffCode: string): readonly string[] {
  return [
    `  staff code       ${group(staffCode)}   type it, then the code that appears in this terminal as a text message,`,
    '                   then the bin',
  ];
}

/** Digits in groups of four, as people read them. */
function group(digits: string): string {
  return digits.replaceAll(/(\d{4})(?=\d)/g, '$1 ');
}
