// What a run does: sources, feature views, checks and models, who reads whom, and what came out of each.

import {get, sql, quoted} from './server.js';
import {bars, figures, h, number, percent, problem, put, svg, twin} from './dom.js';
import {columns as columnChart} from './charts.js';
import {isNumber, isTime, table} from './table.js';

const WIDTH = 190;
const HEIGHT = 48;
const GAP_X = 70;
const GAP_Y = 18;
const KINDS = {source: 'source', feature_view: 'feature view', model: 'model', check: 'check'};

/** More columns than this are asked for in several queries. */
const AT_ONCE = 40;

function nodes(release) {
  const files = release.sql.map(file => ({...file, view: release.views.find(view => view.name === file.name)}));
  const byName = new Map(files.map(file => [file.name, file]));
  const depth = file => file.depth ??= 1 + Math.max(-1, ...file.reads.map(name => byName.has(name) ? depth(byName.get(name)) : -1));
  files.forEach(depth);
  for (const file of files) {
    const check = release.checks.find(one => one.name === file.name && file.kind === 'check');
    const model = release.models.find(one => one.name === file.name && file.kind === 'model');
    file.failed = check && check.failing > 0;
    file.says = file.view ? `${number(file.view.rows)} rows` : model ? `${number(model.rows)} rows`
      : check ? (check.failing > 0 ? `${number(check.failing)} rows fail (${check.severity})` : 'passed')
      : release.inputs.filter(input => input.source === file.name).map(input => decodeURIComponent(input.uri.split('/').pop())).join(', ');
    file.readers = files.filter(other => other.reads.includes(file.name)).map(other => other.name);
  }
  return files;
}

const short = text => text.length > 26 ? `${text.slice(0, 25)}…` : text;

function graph(files, chosen) {
  const columns = [];
  for (const file of files) (columns[file.depth] ??= []).push(file);
  const place = new Map();
  columns.forEach((column, x) => column.forEach((file, y) =>
    place.set(file.name, {x: 20 + x * (WIDTH + GAP_X), y: 20 + y * (HEIGHT + GAP_Y)})));
  const width = 20 + columns.length * (WIDTH + GAP_X);
  const height = 20 + Math.max(...columns.map(column => column.length)) * (HEIGHT + GAP_Y);
  const edges = files.flatMap(file => file.reads.filter(name => place.has(name)).map(name => {
    const [from, to] = [place.get(name), place.get(file.name)];
    const [x1, y1, x2, y2] = [from.x + WIDTH, from.y + HEIGHT / 2, to.x, to.y + HEIGHT / 2];
    const near = chosen && (chosen.name === name || chosen.name === file.name);
    return svg('path', {class: near ? 'edge near' : 'edge', d: `M${x1},${y1} C${x1 + 35},${y1} ${x2 - 35},${y2} ${x2},${y2}`});
  }));
  const boxes = files.map(file => {
    const {x, y} = place.get(file.name);
    return svg('a', {
      href: `#/pipeline/${encodeURIComponent(file.name)}`,
      class: file.failed ? 'failed' : null,
      'aria-label': `${KINDS[file.kind]} ${file.name}, ${file.says}`,
      'aria-current': chosen === file ? 'true' : null,
    }, svg('rect', {x, y, width: WIDTH, height: HEIGHT, rx: 7}),
      svg('text', {x: x + 10, y: y + 20}, short(file.name)),
      svg('text', {x: x + 10, y: y + 37, class: 'kind'}, short(`${KINDS[file.kind]} · ${file.says}`)));
  });
  return h('div', {class: 'graph', tabindex: 0, role: 'region', 'aria-label': 'Pipeline'},
    svg('svg', {width, height, viewBox: `0 0 ${width} ${height}`}, edges, boxes));
}

/** One pass over a view for all of its columns. */
async function statistics(view, signal) {
  const found = [];
  for (let at = 0; at < view.columns.length; at += AT_ONCE) {
    const some = view.columns.slice(at, at + AT_ONCE);
    const parts = some.map(column => {
      const name = quoted(column.name);
      const ordered = isNumber(column.type) || isTime(column.type);
      return `count(${name}), approx_count_distinct(${name}), ${ordered ? `min(${name}), max(${name})` : 'NULL, NULL'}`;
    });
    const {rows: [row]} = await sql(`SELECT count(*), ${parts.join(', ')} FROM ${quoted(view.name)}`, [], 1, signal);
    some.forEach((column, i) => found.push({
      ...column, nulls: row[0] === 0 ? 0 : 1 - row[1 + 4 * i] / row[0], distinct: row[2 + 4 * i], least: row[3 + 4 * i], most: row[4 + 4 * i],
    }));
  }
  return found;
}

async function histogram(view, column, signal) {
  const [name, from] = [quoted(column.name), quoted(view.name)];
  if (isNumber(column.type) && typeof column.least === 'number' && column.most > column.least) {
    const {rows} = await sql(`SELECT least(19, floor(20 * (${name} - ?) / ?))::INTEGER AS bin, count(*) FROM ${from}`
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

async function viewDetails(view, signal) {
  const place = h('div');
  const found = await statistics(view, signal);
  const shown = table([{name: 'column'}, {name: 'type'}, {name: 'null', type: 'DOUBLE'}, {name: 'distinct', type: 'BIGINT'}, {name: 'least'}, {name: 'most'}],
    found.map(column => [
      h('button', {type: 'button', onclick: async () => {
        put(place, await histogram(view, column, signal).catch(problem));
        place.scrollIntoView({block: 'nearest'});
      }}, column.name),
      column.type, percent(column.nulls), column.distinct, String(column.least ?? ''), String(column.most ?? '')]), `Columns of ${view.name}`);
  const sample = await sql(`SELECT * FROM ${quoted(view.name)} LIMIT 20`, [], 20, signal);
  return [
    h('h3', null, 'Columns'), h('p', {class: 'quiet'}, 'A column’s name shows how its values are distributed. Numbers of distinct values are estimates.'),
    shown, place,
    h('h3', null, 'Some rows'), table(sample.columns, sample.rows, `Rows of ${view.name}`),
  ];
}

function links(names) {
  return names.length === 0 ? 'nothing' : names.flatMap((name, i) => [i ? ', ' : '', h('a', {href: `#/pipeline/${encodeURIComponent(name)}`}, name)]);
}

function details(file, release, signal) {
  const rest = h('div');
  if (file.view) {
    put(rest, h('p', {class: 'quiet'}, 'Looking at its rows …'));
    viewDetails(file.view, signal).then(parts => put(rest, ...parts),
      failed => signal.aborted || put(rest, problem(failed)));
  }
  const description = file.description.split('\n').map(line => [line, h('br')]);
  const inputs = release.inputs.filter(input => input.source === file.name);
  return h('section', {'aria-label': file.name},
    h('h2', null, `${file.name} `, h('small', {class: 'quiet'}, KINDS[file.kind])),
    h('p', null, description),
    h('p', null, 'Reads ', links(file.reads), '. Read by ', links(file.readers), '.',
      file.kind === 'model' ? [' ', h('a', {href: `#/model/${encodeURIComponent(file.name)}`}, 'Its card'), '.'] : null,
      file.view ? [' ', h('a', {href: `#/data?${new URLSearchParams({sql: `SELECT * FROM ${quoted(file.name)} LIMIT 100`})}`}, 'Query it'), '.'] : null),
    inputs.length === 0 ? null : h('ul', null, inputs.map(input =>
      h('li', null, h('code', null, input.uri), ` ${number(input.bytes)} bytes, SHA-256 `, h('code', null, input.digest.slice(0, 12))))),
    file.view ? figures([['rows', number(file.view.rows)], ['entities', number(file.view.entities)], ['entity', file.view.entity.join(', ')],
      ['event time', file.view.time[0] ?? 'none'], ['ties', number(file.view.ties)]]) : null,
    h('details', {open: !file.view}, h('summary', null, file.path), h('pre', {tabindex: 0}, file.text)),
    rest);
}

export async function show({path: [name]}, signal) {
  const release = await get('releases/current', signal);
  const files = nodes(release);
  const chosen = files.find(file => file.name === name);
  const leaks = release.leaks?.found ?? [];
  return h('div', null,
    h('h1', null, 'Pipeline'),
    h('p', {class: 'quiet'}, `As of ${release.as_of}, made ${new Date(release.created).toLocaleString()} in `
      + `${number(Object.values(release.timings).reduce((all, one) => all + one, 0))} s. `, twin(`releases/${release.id}`)),
    graph(files, chosen),
    chosen ? details(chosen, release, signal) : h('p', null, 'Choose a box to see its SQL, its columns and its rows.'),
    leaks.length === 0 ? null : h('section', null, h('h2', null, 'What leak tests found'), h('ul', null, leaks.map(leak =>
      h('li', null, h('strong', {class: leak.reason ? null : 'warn'}, `${leak.kind} ${leak.relation}.${leak.column ?? ''} `),
        leak.evidence, leak.reason ? h('span', {class: 'quiet'}, ` Allowed: ${leak.reason}.`) : null)))));
}
