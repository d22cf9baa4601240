// How a port's options name a pin or a bus: by number, on the chip whose class is constructed. A pin of an
// expander is the same number space on the expander's own class, as ECMA-419 has it; names stand in boards/.

/** ECMA-419 pin specifier: the number of a pin on its chip. */
export type PinSpecifier = number;

/** ECMA-419 port specifier: which bus or line of several. */
export type PortSpecifier = number;
