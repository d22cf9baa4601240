// Which methods each address of the API takes, so that a wrong method can be told from an unknown
// address. Filled as routes are registered.

/** Knows every registered address. */
export class AddressBook {
  readonly #patterns = new Map<string, { readonly pattern: RegExp; readonly methods: Set<string> }>();

  /** @param url in the framework's form: `/v1/boxes/:box_id` */
  add(url: string, methods: readonly string[]): void {
    const known = this.#patterns.get(url) ?? { pattern: patternOf(url), methods: new Set<string>() };
    for (const method of methods) known.methods.add(method);
    this.#patterns.set(url, known);
  }

  /** @returns the methods that this path takes, sorted; empty for an unknown path */
  methodsOf(path: string): readonly string[] {
    const methods = new Set<string>();
    for (const known of this.#patterns.values()) {
      if (known.pattern.test(path)) for (const method of known.methods) methods.add(method);
    }
    return [...methods].sort();
  }
}

function patternOf(url: string): RegExp {
  const parts = url.split('/').map((part) => {
    if (part.startsWith(':')) return '[^/]+';
    return part === '*' ? '.*' : part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&');
  });
  return new RegExp(`^${parts.join('/')}$`);
}
