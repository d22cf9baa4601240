// The display as a person sees it: four rows of text and a back light. Keeps nothing without power.
import type { TextDisplay, TextDisplayConstructor } from '../ports/index.ts';
import type { PowerRail } from './power-rail.ts';

const COLUMNS = 24;
const ROWS = 4;

export class TextPanel {
  brightness = 0;
  readonly #rows = new Array<string>(ROWS).fill('');
  readonly #onChange: () => void;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  get lines(): readonly string[] {
    return [...this.#rows];
  }

  /** @returns the class that drivers construct; only one of its instances drives the panel at a time */
  displayOn(rail: PowerRail): TextDisplayConstructor {
    const panel = this;
    return class SimulatedDisplay implements TextDisplay {
      readonly columns = COLUMNS;
      readonly rows = ROWS;
      readonly #detach = rail.attach(() => panel.#goDark());

      configure({ brightness }: { readonly brightness: number }): void {
        if (rail.on) panel.#set(() => (panel.brightness = brightness));
      }

      write(row: number, text: string): void {
        if (rail.on && row >= 0 && row < ROWS) panel.#set(() => (panel.#rows[row] = text));
      }

      close(): void {
        this.#detach();
        panel.#goDark();
      }
    };
  }

  #goDark(): void {
    this.#set(() => {
      this.brightness = 0;
      this.#rows.fill('');
    });
  }

  #set(change: () => void): void {
    change();
    this.#onChange();
  }
}
