// What every Wi-Fi station must do: the simulated board's in virtual time, the Node host's in real time.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { WifiStation, WifiStationConstructor, WifiStationOptions } from '../../src/ports/index.ts';

export interface WifiUnderTest {
  readonly wifi: { readonly io: WifiStationConstructor };
  /** Puts an access point into the air, changes it, or takes it away. An empty passphrase makes it open. */
  readonly setAccessPoint: (accessPoint: {
    readonly name: string;
    readonly passphrase: string;
    readonly up: boolean;
  }) => void;
  /** The network that the station is installed with. */
  readonly setHome: (up: boolean) => void;
  readonly setJammed: (jammed: boolean) => void;
  readonly until: (isDone: () => boolean) => Promise<void>;
  /** Lets everything that is under way come to rest. */
  readonly settle: () => Promise<void>;
  readonly close: () => void;
}

const PHONE = { name: 'Phone', passphrase: '12345678', up: true };

export function describeWifiStation(name: string, make: () => WifiUnderTest): void {
  describe(`Wi-Fi station contract: ${name}`, () => {
    let under: WifiUnderTest;
    beforeEach(() => {
      under = make();
    });
    afterEach(() => under.close());

    /** A station that writes down all its notices. */
    function station() {
      const notices: string[] = [];
      const options: WifiStationOptions = {
        onFound: (found) =>
          notices.push(
            `found ${found.map((one) => `${one.name}${one.secured ? '' : ' (open)'}`).join(', ')}`,
          ),
        onJoined: () => notices.push('joined'),
        onTrouble: (trouble) => notices.push(trouble),
      };
      const made: WifiStation = new under.wifi.io(options);
      return { made, notices };
    }

    async function noticesOf(act: (made: WifiStation) => void): Promise<string[]> {
      const { made, notices } = station();
      act(made);
      expect(notices).toEqual([]);
      await under.until(() => notices.length > 0);
      await under.settle();
      made.close();
      return notices;
    }

    it('finds what is up, and says what of it is open', async () => {
      under.setHome(false);
      under.setAccessPoint(PHONE);
      under.setAccessPoint({ name: 'Cafe', passphrase: '', up: true });
      under.setAccessPoint({ name: 'Off', passphrase: '12345678', up: false });
      expect(await noticesOf((made) => made.scan())).toEqual(['found Phone, Cafe (open)']);
    });

    it('answers a search with nothing where there is nothing, and one under way once', async () => {
      under.setHome(false);
      const found = await noticesOf((made) => {
        made.scan();
        made.scan();
      });
      expect(found).toEqual(['found ']);
    });

    it('joins the network that it was installed with, and a secured one by its passphrase', async () => {
      expect(await noticesOf((made) => made.join(undefined))).toEqual(['joined']);
      under.setAccessPoint(PHONE);
      expect(await noticesOf((made) => made.join(PHONE))).toEqual(['joined']);
    });

    it('says why it cannot join: not there, or another passphrase', async () => {
      under.setHome(false);
      expect(await noticesOf((made) => made.join(undefined))).toEqual(['not-in-reach']);
      expect(await noticesOf((made) => made.join(PHONE))).toEqual(['not-in-reach']);
      under.setAccessPoint({ ...PHONE, passphrase: '87654321' });
      expect(await noticesOf((made) => made.join(PHONE))).toEqual(['wrong-passphrase']);
    });

    it('joins no open network that calls itself by a known name (SEC-10)', async () => {
      under.setAccessPoint({ ...PHONE, passphrase: '' });
      expect(await noticesOf((made) => made.join(PHONE))).toEqual(['not-secured']);
      expect(await noticesOf((made) => made.join({ ...PHONE, passphrase: '' }))).toEqual(['not-secured']);
    });

    it('tells once that the network is lost', async () => {
      under.setAccessPoint(PHONE);
      const { made, notices } = station();
      made.join(PHONE);
      await under.until(() => notices.length === 1);
      under.setAccessPoint({ ...PHONE, up: false });
      await under.until(() => notices.length === 2);
      await under.settle();
      expect(notices).toEqual(['joined', 'not-in-reach']);
      made.join(undefined);
      await under.until(() => notices.length === 3);
      under.setHome(false);
      await under.until(() => notices.length === 4);
      expect(notices.slice(2)).toEqual(['joined', 'not-in-reach']);
      made.close();
    });

    it('finds and joins nothing while it is jammed, and loses what it had', async () => {
      under.setAccessPoint(PHONE);
      const { made, notices } = station();
      made.join(PHONE);
      await under.until(() => notices.length === 1);
      under.setJammed(true);
      await under.until(() => notices.length === 2);
      expect(notices).toEqual(['joined', 'not-in-reach']);
      expect(await noticesOf((other) => other.scan())).toEqual(['found ']);
      expect(await noticesOf((other) => other.join(undefined))).toEqual(['not-in-reach']);
      under.setJammed(false);
      expect(await noticesOf((other) => other.join(PHONE))).toEqual(['joined']);
      made.close();
    });

    it('answers only the latest of two joins', async () => {
      under.setAccessPoint(PHONE);
      const joins = await noticesOf((made) => {
        made.join({ name: 'Elsewhere', passphrase: '12345678' });
        made.join(PHONE);
      });
      expect(joins).toEqual(['joined']);
    });

    it('says nothing of a network that it left, and nothing at all after close', async () => {
      under.setAccessPoint(PHONE);
      const { made, notices } = station();
      made.join(PHONE);
      made.leave();
      await under.settle();
      made.join(PHONE);
      await under.until(() => notices.length === 1);
      made.leave();
      under.setAccessPoint({ ...PHONE, up: false });
      await under.settle();
      made.join(undefined);
      made.scan();
      made.close();
      made.close();
      await under.settle();
      expect(notices).toEqual(['joined']);
    });
  });
}
