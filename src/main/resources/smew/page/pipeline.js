// What a run does: sources, feature views, checks and models, who reads whom, and what came out of each.

import {get, quoted, state} from './server.js';
import {duration, figures, h, next, number, problem, put, svg, twin} from './dom.js';
import {boundColumns, columnsNow, profileColumns, viewColumns} from './columns.js';
import {lineage} from './lineage.js';
import {saves} from './live.js';

const WIDTH = 190;
const HEIGHT = 64;
const GAP_X = 70;
const GAP_Y = 18;
const KINDS = {source: 'source', feature_view: 'feature view', model: 'model', check: 'check'};

/** The steps of a run that are about a file, by its kind. */
const STEPS = {
  source: name => [`source ${name}`],
  feature_view: name => [`features ${name}`],
  model: name => [`rows of ${name}`, `training ${name}`],
  check: name => [`check ${name}`],
};

/** Whether a problem is one of a file, at a line of it or as a whole. */
const concerns = (one, file) => one.where === file.path || one.where.startsWith(`${file.path}:`);

/** What watching found, in place of what was released. */
const nowSays = ({kind, live: {rows}}) => kind !== 'check' ? `${number(rows)} rows` : rows === 0 ? 'passed' : `${number(rows)} rows fail`;

/** What the boxes say: of the release, if there is one, and of the disk beside it. */
function nodes(project, release, runs) {
  const released = new Map((release?.sql ?? []).map(file => [file.name, file]));
  const made = runs.find(run => run.release && run.release === release?.id);
  const files = (project?.sql ?? release.sql).filter(file => file.kind in KINDS)
    .map(file => ({...file, view: release?.views.find(view => view.name === file.name)}));
  const byName = new Map(files.map(file => [file.name, file]));
  const depth = file => {
    if (file.depth === undefined) {
      // Files that read each other in a circle stand beside each other.
      file.depth = 0;
      file.depth = 1 + Math.max(-1, ...file.reads.map(name => byName.has(name) ? depth(byName.get(name)) : -1));
    }
    return file.depth;
  };
  files.forEach(depth);
  for (const file of files) {
    const check = release?.checks.find(one => one.name === file.name && file.kind === 'check');
    const model = release?.models.find(one => one.name === file.name && file.kind === 'model');
    const declared = release?.checks.filter(one => one.declared?.relation === file.name && one.failing > 0) ?? [];
    file.live = project?.live?.relations.find(one => one.name === file.name);
    file.ran = project?.live?.turns.flatMap(one => one.turn.relations).find(one => one.name === file.name && one.kind !== 'test');
    file.problems = (project?.problems ?? []).filter(one => concerns(one, file));
    file.failed = file.problems.length > 0 || (!file.live && ((check && check.failing > 0) || declared.length > 0));
    file.seconds = made?.steps.filter(step => STEPS[file.kind](file.name).includes(step.name)).reduce((all, one) => all + one.seconds, 0);
    file.says = file.live ? nowSays(file) : file.view ? `${number(file.view.rows)} rows` : model ? `${number(model.rows)} rows`
      : check ? (check.failing > 0 ? `${number(check.failing)} rows fail (${check.severity})` : 'passed')
      : (release?.inputs ?? []).filter(input => input.source === file.name).map(input => decodeURIComponent(input.uri.split('/').pop())).join(', ');
    const before = released.get(file.name);
    file.change = !project || !release ? '' : !before ? 'new' : before.digest !== file.digest ? 'changed' : '';
    file.state = file.problems.length > 0 ? `${file.problems.length} problem${file.problems.length > 1 ? 's' : ''}`
      : file.change ? `${file.change} since the release` : file.live && file.ran ? `ran in ${duration(file.ran.seconds)}` : declared.length > 0 ? `${declared.length} checks failed`
      : release ? (file.seconds ? duration(file.seconds) : 'released') : 'never ran';
    file.readers = files.filter(other => other.reads.includes(file.name)).map(other => other.name);
  }
  return files;
}

const short = text => text.length > 28 ? `${text.slice(0, 27)}…` : text;

function graph(files, chosen) {
  const columns = [];
  for (const file of files) (columns[file.depth] ??= []).push(file);
  const place = new Map();
  columns.forEach((column, x) => column.forEach((file, y) =>
    place.set(file.name, {x: 20 + x * (WIDTH + GAP_X), y: 20 + y * (HEIGHT + GAP_Y)})));
  const width = 20 + columns.length * (WIDTH + GAP_X);
  const height = 20 + Math.max(...columns.map(column => column?.length ?? 0)) * (HEIGHT + GAP_Y);
  const edges = files.flatMap(file => file.reads.filter(name => place.has(name)).map(name => {
    const [from, to] = [place.get(name), place.get(file.name)];
    const [x1, y1, x2, y2] = [from.x + WIDTH, from.y + HEIGHT / 2, to.x, to.y + HEIGHT / 2];
    const near = chosen && (chosen.name === name || chosen.name === file.name);
    return svg('path', {class: near ? 'edge near' : 'edge', d: `M${x1},${y1} C${x1 + 35},${y1} ${x2 - 35},${y2} ${x2},${y2}`});
  }));
  const boxes = files.map(file => {
    const {x, y} = place.get(file.name);
    const kind = file.says ? `${KINDS[file.kind]} · ${file.says}` : KINDS[file.kind];
    return svg('a', {
      href: `#/pipeline/${encodeURIComponent(file.name)}`,
      class: file.failed ? 'failed' : file.change ? 'changed' : null,
      'data-name': file.name,
      'aria-label': `${file.name}, ${kind}, ${file.state}`,
      'aria-current': chosen === file ? 'true' : null,
    }, svg('rect', {x, y, width: WIDTH, height: HEIGHT, rx: 7}),
      svg('text', {x: x + 10, y: y + 20}, short(file.name)),
      svg('text', {x: x + 10, y: y + 37, class: 'kind'}, short(kind)),
      svg('text', {x: x + 10, y: y + 54, class: 'kind state'}, short(file.state)));
  });
  return h('div', {class: 'graph', tabindex: 0, role: 'region', 'aria-label': 'Pipeline'},
    svg('svg', {width, height, viewBox: `0 0 ${width} ${height}`}, edges, boxes));
}

/** SQL with what is wrong in it below the line where it is. */
function listing(file) {
  const lines = file.text.replace(/\n$/, '').split('\n');
  const at = new Map();
  for (const one of file.problems) {
    const line = Number(one.where.split(':').at(-1));
    at.set(line, [...(at.get(line) ?? []), one]);
  }
  const digits = String(lines.length).length;
  return h('pre', {tabindex: 0, role: 'region', 'aria-label': `SQL of ${file.name}`}, lines.map((text, i) => {
    const wrong = at.get(i + 1) ?? [];
    return [h('span', {class: wrong.length > 0 ? 'line wrong' : 'line'}, h('span', {class: 'quiet no'}, `${String(i + 1).padStart(digits)}  `), `${text}\n`),
      wrong.map(one => h('span', {class: 'bad'}, `${' '.repeat(digits)}  ${one.detail}\n`))];
  }));
}

const link = name => h('a', {href: `#/pipeline/${encodeURIComponent(name)}`}, name);

const links = names => names.length === 0 ? 'nothing' : names.map((name, i) => [i ? ', ' : '', link(name)]);

/** What a release keeps of a relation whose rows are not in the warehouse; nothing where it keeps none. */
async function keptProfile(file, release, signal) {
  const quiet = failed => {
    if (signal.aborted) throw failed;
    return null;
  };
  if (file.kind === 'source') {
    const kept = await get(`releases/${release.id}/sources`, signal).catch(quiet);
    return kept?.sources.find(one => one.name === file.name);
  }
  return isKept(file, release)
    ? get(`releases/${release.id}/profiles/${encodeURIComponent(file.name)}`, signal).catch(quiet) : null;
}

/** The columns of a file, from wherever they are known. */
async function columnsOf(file, world, signal) {
  const {release, project} = world;
  if (file.view) return viewColumns(world, file.view, signal);
  const profile = release ? await keptProfile(file, release, signal) : null;
  if (profile) return profileColumns(world, profile, signal);
  const bound = project?.columns.find(one => one.name === file.name) ?? world.traced.find(one => one.name === file.name);
  return bound ? boundColumns(world, file.name, bound.columns) : null;
}

const query = (sql, says) => h('a', {href: `#/data?${new URLSearchParams({sql})}`}, says);

/** Whether a release says something of the rows of a file. */
const isKept = (file, release) => Boolean(file.view) || (Boolean(release) && (file.kind === 'source' || release.models.some(one => one.name === file.name)));

function details(file, world, signal) {
  const {release} = world;
  const rest = h('div', null, file.view ? h('p', {class: 'quiet'}, 'Looking at its rows …') : null);
  columnsOf(file, world, signal).then(part => put(rest, part), failed => signal.aborted || put(rest, problem(failed)));
  const inputs = (release?.inputs ?? []).filter(input => input.source === file.name);
  const declared = file.live ? [] : (release?.checks ?? []).filter(check => check.declared?.relation === file.name);
  return h('section', {'aria-label': file.name},
    h('h2', null, `${file.name} `, h('small', {class: 'quiet'}, KINDS[file.kind])),
    file.problems.map(one => h('p', {class: 'problem', role: 'alert'}, h('strong', null, `${one.where}: `), one.detail)),
    file.description && h('p', null, file.description.split('\n').map(line => [line, h('br')])),
    h('p', null, 'Reads ', links(file.reads), '. Read by ', links(file.readers), '.',
      file.kind === 'model' && file.says ? [' ', h('a', {href: `#/model/${encodeURIComponent(file.name)}`}, 'Its card'), '.'] : null,
      file.view ? [' ', query(`SELECT * FROM ${quoted(file.name)} LIMIT 100`, 'Query it'), '.'] : null,
      file.kind === 'check' && file.reads.length > 0 && file.reads.every(name => release?.views.some(view => view.name === name))
        ? [' ', query(file.text, 'Query what it looks at'), '.'] : null),
    file.change === 'changed' ? h('p', {class: 'warn'}, 'Its SQL was changed since the release: rows and figures are those of the release. `smew run` makes them anew.') : null,
    inputs.length === 0 ? null : h('ul', null, inputs.map(input =>
      h('li', null, h('code', null, decodeURIComponent(input.uri.split('/').pop())), ` ${number(input.bytes)} bytes, SHA-256 `, h('code', null, input.digest.slice(0, 12))))),
    file.view ? figures([['rows', number(file.view.rows)], ['entities', number(file.view.entities)], ['entity', file.view.entity.join(', ')],
      ['event time', file.view.time[0] ?? 'none'], ['ties', number(file.view.ties)]]) : null,
    declared.length === 0 ? null : h('ul', null, declared.map(check => h('li', {class: check.failing > 0 ? 'bad' : null},
      `${check.name.slice(file.name.length + 1)}: ${check.failing > 0 ? check.declared.found : 'passed'}`))),
    h('details', {open: !isKept(file, release) || file.problems.length > 0}, h('summary', null, file.path), listing(file)),
    file.live && file.live.columns.length > 0 ? columnsNow(world, file.live, signal) : null,
    file.live && isKept(file, release) ? h('h2', null, 'As released') : null,
    file.live && !isKept(file, release) ? null : rest);
}

/** What somebody should know first: what is wrong, and what to do next. */
function news({release, project, runs, files}) {
  const [last] = runs;
  const failed = last && last.exit !== 0 && (!release || last.began > release.created);
  const elsewhere = (project?.problems ?? []).filter(one => !files.some(file => concerns(one, file)));
  const wrong = files.filter(file => file.problems.length > 0);
  const gone = project && release ? release.sql.filter(file => !project.sql.some(one => one.path === file.path)) : [];
  const changed = files.filter(file => file.change);
  return [
    failed ? h('p', {class: 'problem', role: 'alert'}, h('strong', null, `The last run failed (${new Date(last.began).toLocaleString()}, exit ${last.exit}). `),
      last.message, ' ', h('a', {href: '#/runs'}, 'Runs')) : null,
    elsewhere.map(one => h('p', {class: 'problem', role: 'alert'}, h('strong', null, `${one.where}: `), one.detail)),
    wrong.length === 0 ? null : h('section', {'aria-label': 'Problems'}, h('h2', null, 'Problems'), h('ul', null, wrong.flatMap(file => file.problems.map(one =>
      h('li', null, h('a', {href: `#/pipeline/${encodeURIComponent(file.name)}`}, one.where), `: ${one.detail}`))))),
    gone.length === 0 ? null : h('p', {class: 'warn'}, `No longer on disk: ${gone.map(file => file.path).join(', ')}.`),
    project && files.length === 0 ? next(`${project.name} has no SQL yet. In its folder, write the sample project, or one for a file of yours:`,
      'smew init .', 'smew init --from FILE.csv --entity COLUMN --label COLUMN .')
      : project && !release ? next(wrong.length + elsewhere.length > 0 ? 'Nothing was released yet. Put right what is wrong, then run it:' : 'Nothing was released yet. Run it:', 'smew run')
      : project && changed.length + gone.length > 0 ? next('The SQL on disk is not what was released. Run it:', 'smew run') : null,
  ];
}

export async function show({path: [name]}, signal) {
  const {release: id, project: digest} = await state();
  const [release, project, {runs}] = await Promise.all([
    id || !digest ? get('releases/current', signal) : null,
    digest ? get('project', signal) : null,
    get('runs', signal).catch(failed => {
      if (signal.aborted) throw failed;
      return {runs: []};
    })]);
  const traced = project ? project.lineage : (await get(`releases/${release.id}/lineage`, signal).catch(() => ({relations: []}))).relations;
  const files = nodes(project, release, runs);
  const chosen = files.find(file => file.name === name);
  const world = {release, project, runs, files, traced, lineage: lineage(traced), drawing: files.length > 0 ? graph(files, chosen) : h('div')};
  const leaks = release?.leaks?.found ?? [];
  return h('div', null,
    h('h1', null, 'Pipeline'),
    h('p', {class: 'quiet'}, project ? [h('strong', null, project.name), ' as it stands on disk. '] : null, project ? twin('project') : null, project && release ? ' ' : null,
      release ? [`As of ${release.as_of}, made ${new Date(release.created).toLocaleString()} in `
        + `${duration(Object.values(release.timings).reduce((all, one) => all + one, 0))}. `, twin(`releases/${release.id}`)] : null),
    news(world),
    saves(project?.live),
    world.drawing,
    chosen ? details(chosen, world, signal) : files.length > 0 ? h('p', null, 'Choose a box to see its SQL, its columns and its rows.') : null,
    leaks.length === 0 ? null : h('section', null, h('h2', null, 'What leak tests found'), h('ul', null, leaks.map(leak =>
      h('li', null, h('strong', {class: leak.reason ? null : 'warn'}, `${leak.kind} ${leak.relation}.${leak.column ?? ''} `),
        leak.evidence, leak.reason ? h('span', {class: 'quiet'}, ` Allowed: ${leak.reason}.`) : null)))));
}
