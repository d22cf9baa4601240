// `pnpm energy`: how long the battery lasts without mains, by exchanges a month and size of the box, and beside it one
// month that the simulated board really lived, so that formula and model can be seen to agree.
import { cutoffJoule, lastOpenAllJoule, monthsOnBattery } from '@smartbox/firmware/core';
import { liveOnBattery } from './live-on-battery.ts';

const EXCHANGES = [0, 10, 30, 60, 120, 240];
const LIVED_EXCHANGES = 60;

const months = (exchanges: number, reserveJoule: number): string =>
  monthsOnBattery({ exchanges, reserveJoule }).toFixed(1);
const ends = [
  { name: 'months until it opens no more', reserveJoule: cutoffJoule },
  { name: '8 bins: until one last open-all is left', reserveJoule: lastOpenAllJoule(8) },
  { name: '20 bins: the same', reserveJoule: lastOpenAllJoule(20) },
];

console.info(`| exchanges a month | ${EXCHANGES.join(' | ')} |`);
console.info(`|---|${EXCHANGES.map(() => '---:|').join('')}`);
for (const { name, reserveJoule } of ends) {
  console.info(`| ${name} | ${EXCHANGES.map((count) => months(count, reserveJoule)).join(' | ')} |`);
}
const { drainedJoule, predictedJoule } = await liveOnBattery({ exchanges: LIVED_EXCHANGES, days: 30 });
const off = ((drainedJoule / predictedJoule - 1) * 100).toFixed(1);
console.info(
  `\nThirty simulated days with ${LIVED_EXCHANGES} exchanges took ${drainedJoule.toFixed(0)} J out of the cell; ` +
    `the formula says ${predictedJoule.toFixed(0)} J (${off} %).`,
);
