// Builds what is shown. Text only ever becomes text: nothing here parses HTML, so what stands in the data cannot become part of the page.

const SVG = 'http://www.w3.org/2000/svg';

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name === 'value') element.value = value;
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false));
  return element;
}

/** An element, such as h('a', {href: '#/runs'}, 'Runs'). */
export const h = (name, attributes, ...children) => fill(document.createElement(name), attributes, children);

/** The same of a drawing. */
export const svg = (name, attributes, ...children) => fill(document.createElementNS(SVG, name), attributes, children);

/** Puts something in place of what an element holds; nothing stands for what there is none of. */
export function put(element, ...children) {
  element.replaceChildren();
  return fill(element, null, children);
}

/** A number as people read it: as many digits as tell something. */
export function number(value) {
  if (typeof value !== 'number' || !Number.isFinite(value)) return String(value);
  if (Number.isInteger(value)) return value.toLocaleString('en-US');
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e9)) return value.toExponential(3);
  return value.toLocaleString('en-US', {maximumFractionDigits: size >= 100 ? 1 : size >= 1 ? 3 : 4});
}

/** How long something took. */
export const duration = seconds => seconds >= 100 ? `${Math.round(seconds)} s` : seconds >= .1 ? `${seconds.toFixed(1)} s` : `${Math.round(1000 * seconds)} ms`;

export const percent = share => `${(100 * share).toLocaleString('en-US', {maximumFractionDigits: 1})} %`;

/** Figures with their names, in a list that says which belongs to which. */
export const figures = entries => h('dl', {class: 'figures'}, entries.map(([name, value, more]) =>
  h('div', null, h('dt', null, name), h('dd', null, value, more ? h('small', null, more) : null))));

/** What went wrong, read out at once. */
export const problem = failed => h('p', {class: 'problem', role: 'alert'}, failed.message ?? String(failed));

/** What to type next, with a button that copies it. */
export function next(says, ...commands) {
  return h('div', {class: 'card next'}, h('p', null, says), commands.map(command => {
    const copy = h('button', {type: 'button', 'aria-label': `Copy ${command}`, onclick: () => navigator.clipboard.writeText(command).then(() => { copy.textContent = 'Copied'; })}, 'Copy');
    return h('p', {class: 'row'}, h('code', null, command), copy);
  }));
}

/** A view that has nothing to show before the first release. */
export const unreleased = title => h('div', null, h('h1', null, title),
  next('There is no release yet, and so nothing to show here. In the folder of the project, type:', 'smew run'),
  h('p', null, h('a', {href: '#/pipeline'}, 'Pipeline'), ' shows the SQL as it stands on disk, ', h('a', {href: '#/runs'}, 'Runs'), ' what became of runs.'));

/** Where to read by program what a person sees. */
export const twin = address => h('a', {href: address, class: 'quiet'}, 'JSON');

/** Bars that begin in the middle: to the right what raises, to the left what lowers. */
export function bars(entries, colour = value => value < 0 ? 'var(--down)' : 'var(--up)') {
  const most = Math.max(...entries.map(entry => Math.abs(entry.value)), Number.MIN_VALUE);
  const both = entries.some(entry => entry.value < 0);
  return h('ul', {class: 'bars'}, entries.map(({name, value, text, title}) => {
    const width = (both ? 50 : 100) * Math.abs(value) / most;
    const bar = svg('svg', {viewBox: '0 0 100 10', preserveAspectRatio: 'none', 'aria-hidden': 'true'},
      svg('rect', {x: both ? (value < 0 ? 50 - width : 50) : 0, y: 1, width, height: 8, fill: colour(value)}));
    return h('li', {title}, h('span', null, name), bar, h('span', {class: 'value'}, text ?? number(value)));
  }));
}

/** Bars that each begin where the one before ended: how many small moves lead from one number to another. */
export function steps(from, entries) {
  let at = from;
  const moves = entries.map(entry => ({...entry, before: at, after: at += entry.value}));
  const ends = moves.flatMap(move => [move.before, move.after]);
  const least = Math.min(...ends);
  const span = Math.max(...ends) - least || 1;
  const x = value => 100 * (value - least) / span;
  return h('ul', {class: 'bars'}, moves.map(({name, value, before, after}) => h('li', null,
    h('span', null, name),
    svg('svg', {viewBox: '0 0 100 10', preserveAspectRatio: 'none', 'aria-hidden': 'true'},
      svg('rect', {x: x(from), y: 0, width: .3, height: 10, fill: 'var(--line)'}),
      svg('rect', {x: Math.min(x(before), x(after)), y: 1, width: Math.max(.4, Math.abs(x(after) - x(before))), height: 8, fill: value < 0 ? 'var(--down)' : 'var(--up)'})),
    h('span', {class: 'value'}, `${value < 0 ? '−' : '+'}${number(Math.abs(value))}`))));
}
