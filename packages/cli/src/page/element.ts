// Makes elements of the page. Texts go in as texts, never as markup: names in a file come from people.

/** @param properties as on the element itself; @param children elements and texts, in order */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  properties: Partial<HTMLElementTagNameMap[Name]> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/** A field with its name above it. */
export function labelled(name: string, field: HTMLElement): HTMLLabelElement {
  return element('label', {}, name, element('br'), field);
}

/** A table. */
export function tableOf(
  head: readonly string[],
  rows: readonly (readonly (Node | string)[])[],
): HTMLTableElement {
  const heading = head.map((cell) => element('th', { scope: 'col' }, cell));
  const body = rows.map((row) => element('tr', {}, ...row.map((cell) => element('td', {}, cell))));
  return element(
    'table',
    {},
    element('thead', {}, element('tr', {}, ...heading)),
    element('tbody', {}, ...body),
  );
}
