// The frame: which view is shown, and of which release.

import {state} from './server.js';
import {h, problem, unreleased} from './dom.js';

const VIEWS = {
  pipeline: () => import('./pipeline.js'),
  data: () => import('./data.js'),
  model: () => import('./model.js'),
  predict: () => import('./predict.js'),
  runs: () => import('./runs.js'),
};

/** What these show is of a release. */
const RELEASED = ['data', 'model', 'predict'];

const main = document.getElementById('main');
let leave = null;
let shown = 0;

/** #/data/loans?sql=… as {view, path, query}. */
function place() {
  const [path, query = ''] = location.hash.replace(/^#\/?/, '').split('?');
  const [view = '', ...rest] = path.split('/');
  return {view: view in VIEWS ? view : 'pipeline', path: rest.map(decodeURIComponent), query: new URLSearchParams(query)};
}

async function show() {
  const turn = ++shown;
  const where = place();
  for (const link of document.querySelectorAll('nav a')) {
    if (link.getAttribute('href') === `#/${where.view}`) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  leave?.abort();
  leave = new AbortController();
  const signal = leave.signal;
  document.title = `${where.view[0].toUpperCase()}${where.view.slice(1)} · Smew`;
  main.setAttribute('aria-busy', 'true');
  try {
    const [view, {release, project}] = await Promise.all([VIEWS[where.view](), state()]);
    const content = project && !release && RELEASED.includes(where.view) ? unreleased(document.title.split(' ')[0]) : await view.show(where, signal);
    if (turn === shown) main.replaceChildren(content);
  } catch (failed) {
    if (turn === shown && failed.name !== 'AbortError') {
      main.replaceChildren(h('h1', null, 'This could not be shown'), problem(failed));
    }
  } finally {
    if (turn === shown) main.removeAttribute('aria-busy');
  }
}

let seen = '';

async function follow() {
  const element = document.getElementById('release');
  try {
    const {release, project} = await state(true);
    element.textContent = release ? `release ${release}` : 'no release yet';
    const now = `${release} ${project}`;
    const wasNone = seen.startsWith('undefined ');
    // What is new is shown where that takes nothing away from somebody who writes.
    if (seen !== '' && seen !== now && (wasNone || !['data', 'predict'].includes(place().view))) show();
    seen = now;
    // Somebody who works on a project looks for what a save did.
    return project && !document.hidden ? 400 : 2000;
  } catch {
    element.textContent = 'the server does not answer';
    return 2000;
  }
}

const keepFollowing = () => follow().then(wait => setTimeout(keepFollowing, wait));

window.addEventListener('hashchange', () => show().then(() => main.focus({preventScroll: true})));
document.addEventListener('keydown', event => {
  if (event.target.closest('input, textarea, select, dialog, .CodeMirror') || event.ctrlKey || event.metaKey || event.altKey) return;
  const number = Number(event.key);
  const view = Object.keys(VIEWS)[number - 1];
  if (view) location.hash = `#/${view}`;
});
show();
keepFollowing();
