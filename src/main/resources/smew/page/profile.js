// What was counted of a relation when it was made, and is kept: how the values of its columns are distributed, and some rows.

import {bars, h, number, percent, svg} from './dom.js';
import {columns as columnChart} from './charts.js';
import {table} from './table.js';

const SECOND = 1000;
const DAY = 86_400 * SECOND;

function moment(millis, days) {
  const time = new Date(millis);
  // What lies beyond the calendar of browsers is a number of milliseconds to them.
  if (Number.isNaN(time.getTime())) return number(millis);
  const [day, clock] = time.toISOString().split('T');
  return days ? day : `${day} ${clock.slice(0, 8)}`;
}

/** Where a bin begins, in the words of its type. */
function edge(type, exponent, bin) {
  const value = bin * 2 ** exponent;
  if (type === 'BOOLEAN') return String(bin === 1);
  if (type === 'DATE') return moment(value * DAY, true);
  if (type.startsWith('TIMESTAMP')) return moment(value * SECOND, exponent >= 17);
  return number(value);
}

/** How the values of a column are distributed, as far as that is kept. */
export async function distribution(column, signal) {
  if (column.histogram) {
    const {exponent, first, rows} = column.histogram;
    const labels = rows.map((_, i) => edge(column.type, exponent, first + i));
    const says = column.smallest === undefined ? 'Rows by value.' : `Rows by value, from ${column.smallest} to ${column.largest}; each bar begins at the value below it.`;
    return columnChart(column.name, says, labels, [{label: 'rows', values: rows}], signal, true, 'rows');
  }
  if (column.values && column.counts) {
    const counted = column.values.map((name, i) => ({name, value: column.counts[i]})).sort((a, b) => b.value - a.value);
    return h('figure', {class: 'card'}, h('h3', null, column.name), bars(counted, () => 'var(--accent)'), h('figcaption', {class: 'quiet'}, 'Rows by value.'));
  }
  return h('p', {class: 'quiet'}, `Of ${column.name} no distribution is kept.`);
}

/** The same without words, beside the name: a drawing as small as a line of text. */
export function glance(column) {
  const rows = column.histogram?.rows ?? (column.values ? column.counts : null);
  if (!rows) return '';
  const most = Math.max(...rows);
  return svg('svg', {class: 'glance', viewBox: `0 0 ${rows.length} 20`, preserveAspectRatio: 'none', 'aria-hidden': 'true'},
    rows.map((count, x) => svg('rect', {x: x + .05, width: .9, y: 20 - 20 * count / most, height: 20 * count / most})));
}

const range = column => column.smallest === undefined ? '' : `${column.smallest} to ${column.largest}`;

/** Columns with what is known of their values. */
export function profileTable(profile, choose, from) {
  const origins = profile.columns.map(column => from(column));
  const traced = origins.some(Boolean);
  return table([{name: 'column'}, {name: 'type'}, {name: 'null', type: 'DOUBLE'}, {name: 'distribution'}, {name: 'range'}, {name: 'values'}, ...(traced ? [{name: 'comes from'}] : [])],
    profile.columns.map((column, i) => [choose(column), column.type, percent(profile.rows === 0 ? 0 : column.nulls / profile.rows), glance(column), range(column),
      (column.values ?? []).join(', '), ...(traced ? [origins[i]] : [])]), `Columns of ${profile.name}`);
}

/** Some of the rows that were there. */
export function sampleRows({name, columns, sample}) {
  if (!sample) return h('p', {class: 'quiet'}, 'An older Smew made this release, and kept none of these rows: the next run does.');
  const types = new Map(columns.map(column => [column.name, column.type]));
  const hidden = columns.filter(column => !sample.columns.includes(column.name)).map(column => column.name);
  return h('div', null, h('h3', null, 'Some rows'),
    hidden.length === 0 ? null : h('p', {class: 'quiet'}, `Without ${hidden.join(', ')}: texts of which there are many, and what may hold such, may say who somebody is, and are not kept.`),
    sample.columns.length === 0 ? null : table(sample.columns.map(column => ({name: column, type: types.get(column)})), sample.rows.map(row => row.cells), `Rows of ${name}`));
}
