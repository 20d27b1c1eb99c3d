// The warehouse: its tables, and a query with its result as table, chart or file.

import {file, get, quoted, sql} from './server.js';
import {h, number, problem, put} from './dom.js';
import {editor} from './editor.js';
import {columns as columnChart, lines} from './charts.js';
import {isNumber, isTime, searchable} from './table.js';

const HISTORY = 'smew-history';
const REMEMBERED = 50;
const SHOWN = 1000;
const DRAWN = 500;

const history = () => JSON.parse(localStorage.getItem(HISTORY) ?? '[]');
const remember = query => localStorage.setItem(HISTORY, JSON.stringify([query, ...history().filter(other => other !== query)].slice(0, REMEMBERED)));

async function schema(signal) {
  const {rows} = await sql('SELECT table_name, column_name, data_type FROM information_schema.columns ORDER BY table_name, ordinal_position', [], 10_000, signal);
  const tables = new Map();
  for (const [name, column, type] of rows) tables.set(name, [...(tables.get(name) ?? []), {name: column, type}]);
  return tables;
}

/** The result as a chart of two of its columns. */
function drawing(result, signal) {
  const place = h('div');
  const numbers = result.columns.map((column, at) => ({...column, at})).filter(column => isNumber(column.type));
  if (numbers.length === 0) return h('p', null, 'A chart needs a column of numbers.');
  const all = result.columns.map((column, at) => ({...column, at}));
  const select = (name, options, chosen) => h('select', {'aria-label': name, onchange: draw},
    options.map(column => h('option', {value: column.at, selected: column.at === chosen}, column.name)));
  const first = all.find(column => !numbers.includes(column) || column !== numbers.at(-1)) ?? all[0];
  const x = select('Along', all, first.at);
  const y = select('Up', numbers, numbers.at(-1).at);
  const kind = h('select', {'aria-label': 'Kind of chart', onchange: draw}, ['columns', 'line', 'points'].map(name => h('option', {value: name}, name)));
  kind.value = isTime(first.type) ? 'line' : isNumber(first.type) ? 'points' : 'columns';
  function draw() {
    const [along, up] = [Number(x.value), Number(y.value)];
    const rows = result.rows.filter(row => row[along] !== null && row[up] !== null).slice(0, DRAWN);
    const [nameX, nameY] = [result.columns[along].name, result.columns[up].name];
    const says = `${nameY} by ${nameX}, ${rows.length} rows of the result.`;
    const time = value => isTime(result.columns[along].type) ? Date.parse(value) : value;
    const plain = kind.value !== 'columns' && (isNumber(result.columns[along].type) || isTime(result.columns[along].type));
    const points = rows.map(row => ({x: time(row[along]), y: row[up]}));
    if (kind.value === 'line') points.sort((a, b) => a.x - b.x);
    const ticks = isTime(result.columns[along].type)
      ? {x: {ticks: {maxRotation: 0, callback: value => new Date(value).toISOString().slice(0, 10)}}} : {};
    put(place, plain
      ? lines(`${nameY} by ${nameX}`, says, nameX, nameY, [{label: nameY, points, dots: kind.value === 'points', line: kind.value === 'line'}], signal, ticks)
      : columnChart(`${nameY} by ${nameX}`, says, rows.map(row => String(row[along])), [{label: nameY, values: rows.map(row => row[up])}], signal, false, nameY));
  }
  draw();
  return h('div', null, h('p', {class: 'row'}, h('label', null, 'Along', x), h('label', null, 'Up', y), h('label', null, 'As', kind)), place);
}

function download(query, name, type) {
  return h('button', {type: 'button', onclick: async event => {
    const button = event.currentTarget;
    button.disabled = true;
    try {
      const link = h('a', {href: URL.createObjectURL(await file(query(), type)), download: `smew.${name}`});
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    } catch (failed) {
      button.after(problem(failed));
    } finally {
      button.disabled = false;
    }
  }}, name);
}

export async function show({query}, signal) {
  const result = h('div', {'aria-live': 'polite'});
  const tables = await schema(signal).catch(failed => {
    if (signal.aborted) throw failed;
    result.append(problem(failed));
    return new Map();
  });
  const names = () => [...tables.keys(), ...new Set([...tables.values()].flat().map(column => column.name))];
  const first = [...tables.keys()].find(name => name.startsWith('latest_')) ?? [...tables.keys()][0];
  const begin = query.get('sql') ?? (first ? `SELECT *\nFROM ${first}\nLIMIT 100` : 'SELECT 1');
  const made = await editor(begin, names, () => run());
  const button = h('button', {type: 'button', class: 'main', onclick: () => run()}, 'Run');
  const past = h('select', {'aria-label': 'Earlier queries', onchange: () => {
    if (past.value) made.set(past.value);
    past.value = '';
  }});
  const drawPast = () => put(past, h('option', {value: ''}, 'Earlier queries'),
    ...history().map(text => h('option', {value: text}, text.replace(/\s+/g, ' ').slice(0, 80))));
  drawPast();
  let running = null;

  async function run() {
    running?.abort();
    running = new AbortController();
    const mine = running;
    signal.addEventListener('abort', () => mine.abort());
    const text = made.text();
    const address = `#/data?${new URLSearchParams({sql: text})}`;
    window.history.replaceState(null, '', address);
    button.textContent = 'Running …';
    const start = performance.now();
    try {
      const found = await sql(text, [], SHOWN, mine.signal);
      remember(text);
      drawPast();
      const asTable = searchable(found.columns, found.rows, 'Result');
      const place = h('div', null, asTable);
      const tab = (name, content) => h('button', {type: 'button', onclick: () => put(place, content())}, name);
      const seconds = (performance.now() - start) / 1000;
      put(result, 
        h('p', {class: 'row'}, h('span', {role: 'status'}, `${number(found.rows.length)} rows${found.truncated ? ', and there are more' : ''}, ${number(found.columns.length)} columns, ${seconds.toFixed(2)} s`),
          tab('Table', () => asTable), tab('Chart', () => drawing(found, signal)),
          h('span', null, 'Download'), download(() => text, 'csv', 'text/csv'), download(() => text, 'json', 'application/json'),
          download(() => text, 'parquet', 'application/vnd.apache.parquet'), download(() => text, 'arrow', 'application/vnd.apache.arrow.stream'),
          h('a', {href: address}, 'Link'), h('a', {href: `sql?${new URLSearchParams({sql: text})}`, class: 'quiet'}, 'JSON')),
        place);
    } catch (failed) {
      if (failed.name !== 'AbortError') put(result, problem(failed));
    } finally {
      if (running === mine) button.textContent = 'Run';
    }
  }

  if (query.has('sql')) run();
  setTimeout(made.shown);
  return h('div', null,
    h('h1', null, 'Data'),
    h('div', {class: 'side'},
      h('nav', {'aria-label': 'Tables'}, h('h2', null, 'Tables'), h('ul', {class: 'tables'}, [...tables].map(([name, columns]) =>
        h('li', {class: 'beside'},
          h('details', null, h('summary', null, name), h('ul', {class: 'tables quiet'}, columns.map(column => h('li', null, column.name, ' ', h('small', null, column.type))))),
          h('a', {href: `#/data?${new URLSearchParams({sql: `SELECT *\nFROM ${quoted(name)}\nLIMIT 100`})}`, 'aria-label': `Show ${name}`}, 'show'))))),
      h('div', null,
        made.element,
        h('p', {class: 'row'}, button, past, h('span', {class: 'quiet'}, 'Ctrl-Enter runs, Ctrl-Space completes. One SELECT over the warehouse of the current release.')),
        result)));
}
