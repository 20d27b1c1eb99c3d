// Asks the server's own routes. A token, where one is needed, is asked for once and kept until the tab is closed.

const KEY = 'smew-token';

/** An answer that says what is wrong, in the server's words. */
export class Problem extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

function askToken() {
  const dialog = document.getElementById('token');
  const input = dialog.querySelector('input');
  input.value = '';
  dialog.showModal();
  return new Promise(resolve => dialog.addEventListener('close', () => resolve(input.value), {once: true}));
}

async function send(path, options, again = true) {
  const token = sessionStorage.getItem(KEY);
  const headers = {...options.headers, ...(token ? {Authorization: `Bearer ${token}`} : {})};
  let response;
  try {
    response = await fetch(path, {...options, headers});
  } catch (failed) {
    if (failed.name === 'AbortError') throw failed;
    throw new Problem(0, `The server at ${location.origin} does not answer. Is it still running?`);
  }
  if (response.status === 401 && again) {
    const given = await askToken();
    if (given) sessionStorage.setItem(KEY, given);
    return send(path, options, Boolean(given));
  }
  if (!response.ok) {
    const told = await response.json().catch(() => ({}));
    const more = (told.errors ?? []).map(error => `\n${error.where}: ${error.detail}`).join('');
    throw new Problem(response.status, `${told.detail ?? response.statusText}${more}`);
  }
  return response;
}

export const get = async (path, signal) => (await send(path, {headers: {Accept: 'application/json'}, signal})).json();

/** What the server has: {release, project}, each missing where there is none. Asked for once, and again by whoever follows. */
let known = null;
export const state = (again = false) => {
  if (again || !known) known = get('readyz').catch(failed => {
    known = null;
    throw failed;
  });
  return known;
};

export const text = async path => (await send(path, {headers: {Accept: 'text/plain'}})).text();

const posted = (body, accept, signal) =>
  ({method: 'POST', body: JSON.stringify(body), headers: {'Content-Type': 'application/json', Accept: accept}, signal});

export const post = async (path, body, signal) => (await send(path, posted(body, 'application/json', signal))).json();

/** Rows of one query: {columns: [{name, type}], rows: [[…]], truncated}. */
export const sql = (query, parameters = [], limit = 1000, signal) => post('sql', {sql: query, parameters, limit}, signal);

/** The same as a file. */
export const file = async (query, type) => (await send('sql', posted({sql: query}, type))).blob();

export const hasToken = () => sessionStorage.getItem(KEY) !== null;

/** A name in SQL, whatever stands in it. */
export const quoted = name => `"${name.replaceAll('"', '""')}"`;
