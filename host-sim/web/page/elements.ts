type Properties = Readonly<Record<string, string | boolean | number | undefined | ((event: never) => void)>>;

/** An element: `make('p', { class: 'hint' }, 'text', child)`. */
export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Properties = {},
  ...children: readonly (Node | string | undefined)[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  fill(element, properties, children);
  return element;
}

/** The same for pictures. */
export function draw<Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  properties: Properties = {},
  ...children: readonly (Node | string | undefined)[]
): SVGElementTagNameMap[Tag] {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  fill(element, properties, children);
  return element;
}

function fill(
  element: Element,
  properties: Properties,
  children: readonly (Node | string | undefined)[],
): void {
  for (const [name, value] of Object.entries(properties)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value as EventListener);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== false && value !== undefined) element.setAttribute(name, String(value));
  }
  element.append(...children.filter((child) => child !== undefined));
}

/** An element of index.html. */
export function find<E extends HTMLElement = HTMLElement>(id: string): E {
  return document.getElementById(id) as E;
}

let timer = 0;

/** Tells something in passing, to the eye and to a screen reader. */
export function say(text: string): void {
  const place = find('said');
  place.textContent = text;
  clearTimeout(timer);
  timer = window.setTimeout(() => {
    place.textContent = '';
  }, 6000);
}
