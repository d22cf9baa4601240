// The phone in the person's pocket: one hotspot, with a password of digits because the box has no letters.
import type { BoxSnapshot } from '@smartbox/firmware/simulated';

/** Name and password of its hotspot. */
export const phone = { name: 'Phone', passphrase: '12345678' } as const;

/** @returns whether the phone's hotspot is on */
export function isHotspotOn({ network }: BoxSnapshot): boolean {
  return network.hotspots.some(({ name, up }) => name === phone.name && up);
}
