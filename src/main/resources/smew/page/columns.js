// The columns of one relation: types, nulls, values, where they come from; and some of its rows.

import {quoted, sql} from './server.js';
import {bars, h, number, percent, problem, put} from './dom.js';
import {columns as columnChart} from './charts.js';
import {isNumber, isTime, table} from './table.js';
import {lineageFigure, mark} from './lineage.js';
import {liveColumns} from './live.js';
import {distribution, profileTable, sampleRows} from './profile.js';

/** More columns than this are asked for in several queries. */
const AT_ONCE = 40;

/** Of more rows than this, about as many are looked at first. */
const LOOKED_AT = 500_000;

/** The rows of a view that are looked at: all, or a share of them that is the same each time. */
function rowsOf(view, all) {
  const share = 100 * LOOKED_AT / view.rows;
  return all || share >= 100 ? quoted(view.name) : `(FROM ${quoted(view.name)} USING SAMPLE ${share.toFixed(4)} PERCENT (system, 42))`;
}

/** One pass over a view for all of its columns. */
async function statistics(view, from, signal) {
  const found = [];
  for (let at = 0; at < view.columns.length; at += AT_ONCE) {
    const some = view.columns.slice(at, at + AT_ONCE);
    const parts = some.map(column => {
      const name = quoted(column.name);
      const ordered = isNumber(column.type) || isTime(column.type);
      return `count(${name}), approx_count_distinct(${name}), ${ordered ? `min(${name}), max(${name})` : 'NULL, NULL'}`;
    });
    const {rows: [row]} = await sql(`SELECT count(*), ${parts.join(', ')} FROM ${from}`, [], 1, signal);
    some.forEach((column, i) => found.push({
      ...column, nulls: row[0] === 0 ? 0 : 1 - row[1 + 4 * i] / row[0], distinct: row[2 + 4 * i], least: row[3 + 4 * i], most: row[4 + 4 * i],
    }));
  }
  return found;
}

async function histogram(column, from, signal) {
  const name = quoted(column.name);
  if (isNumber(column.type) && typeof column.least === 'number' && column.most > column.least) {
    const {rows} = await sql(`SELECT greatest(0, least(19, floor(20 * (${name} - ?) / ?)))::INTEGER AS bin, count(*) FROM ${from}`
      + ` WHERE ${name} IS NOT NULL GROUP BY bin ORDER BY bin`, [column.least, column.most - column.least], 20, signal);
    const counts = Array(20).fill(0);
    rows.forEach(([bin, count]) => { counts[bin] = count; });
    const step = (column.most - column.least) / 20;
    return columnChart(`${column.name}`, `Rows by value, from ${number(column.least)} to ${number(column.most)}.`,
      counts.map((_, bin) => number(column.least + bin * step)), [{label: 'rows', values: counts}], signal, true, 'rows');
  }
  const {rows} = await sql(`SELECT ${name}::VARCHAR AS value, count(*) AS n FROM ${from} GROUP BY value ORDER BY n DESC, value LIMIT 20`, [], 20, signal);
  return h('figure', {class: 'card'}, h('h3', null, column.name),
    bars(rows.map(([value, count]) => ({name: value ?? 'null', value: count})), () => 'var(--accent)'),
    h('figcaption', {class: 'quiet'}, 'Rows by value, the twenty most frequent.'));
}

/** What a column's name shows when it is chosen: where it comes from and goes, and how its values are distributed. */
function chooser(world, relation, place, drawn) {
  return column => h('button', {type: 'button', onclick: async () => {
    const figures = world.lineage ? [lineageFigure(world.lineage, world.files, relation, column.name)] : [];
    if (world.lineage) mark(world.lineage, world.drawing, relation, column.name);
    put(place, ...figures);
    if (drawn) figures.unshift(await drawn(column).catch(problem));
    put(place, ...figures);
    place.scrollIntoView({block: 'nearest'});
  }}, column.name);
}

const from = (world, relation, column) => world.lineage?.says(relation, column) ?? '';

/** The columns of a feature view with what its rows say of them, and some rows. */
export async function viewColumns(world, view, signal, all = false) {
  const place = h('div', {class: 'charts'});
  const rows = rowsOf(view, all);
  const part = rows !== quoted(view.name);
  const [found, sample] = await Promise.all([statistics(view, rows, signal),
    sql(`FROM ${quoted(view.name)} LIMIT 20`, [], 20, signal)]);
  const choose = chooser(world, view.name, place, column => histogram(column, rows, signal));
  const shown = table(
    [{name: 'column'}, {name: 'type'}, {name: 'null', type: 'DOUBLE'}, {name: 'distinct', type: 'BIGINT'}, {name: 'least'}, {name: 'most'}, {name: 'comes from'}],
    found.map(column => [choose(column), column.type, percent(column.nulls), column.distinct, String(column.least ?? ''), String(column.most ?? ''),
      from(world, view.name, column.name)]), `Columns of ${view.name}`);
  const box = h('div', null, h('h3', null, 'Columns'),
    h('p', {class: 'quiet'}, 'A column’s name shows where it comes from and how its values are distributed. Numbers of distinct values are estimates.'),
    part ? h('p', null, `Estimated from about ${number(LOOKED_AT)} of ${number(view.rows)} rows. `,
      h('button', {type: 'button', onclick: async event => {
        event.currentTarget.disabled = true;
        put(box, await viewColumns(world, view, signal, true).catch(problem));
      }}, 'Look at all rows')) : null,
    shown, place, h('h3', null, 'Some rows'), table(sample.columns, sample.rows, `Rows of ${view.name}`));
  return box;
}

/** The columns of a source or a model, as the release keeps what it held, and some of its rows. */
export function profileColumns(world, profile, signal) {
  const place = h('div', {class: 'charts'});
  const choose = chooser(world, profile.name, place, column => distribution(column, signal));
  return h('div', null, h('h3', null, 'Columns'),
    h('p', {class: 'quiet'}, `Of ${number(profile.rows)} rows, as they were when the release was made. A column’s name shows where it comes from and goes, and how its values are distributed.`),
    profileTable(profile, choose, column => from(world, profile.name, column.name)), place, sampleRows(profile));
}

/** Columns of which no rows were seen: names, types where they are known, and where they come from. */
export function boundColumns(world, relation, columns) {
  const place = h('div');
  const choose = chooser(world, relation, place);
  return h('div', null, h('h3', null, 'Columns'),
    table([{name: 'column'}, {name: 'type'}, {name: 'comes from'}],
      columns.map(column => [choose(column), column.type ?? '', from(world, relation, column.name)]), `Columns of ${relation}`), place);
}

/** What watching found of a relation's columns. */
export function columnsNow(world, relation, signal) {
  const place = h('div', {class: 'charts'});
  const choose = chooser(world, relation.name, place, column => distribution(column, signal));
  return liveColumns(relation, {place, choose}, column => from(world, relation.name, column.name));
}
