// What became of runs, the releases of the store, what changed from one to the next, and what the server measures of itself.

import {get, hasToken, post, text} from './server.js';
import {duration, figures, h, next, number, problem, put, svg, twin} from './dom.js';
import {table} from './table.js';

const total = timings => Object.values(timings).reduce((all, one) => all + one, 0);

/** One figure of a model that tells whether it got better. */
const head = model => ['auc', 'accuracy', 'r2', 'rmse'].filter(name => name in model.metrics).slice(0, 1)
  .map(name => `${model.name} ${name} ${number(model.metrics[name])}`)[0] ?? model.name;

function differences(newer, older) {
  const lines = [];
  const names = key => [...new Set([...newer[key], ...older[key]].map(one => one.name ?? one.path))];
  const pick = (release, key, name) => release[key].find(one => (one.name ?? one.path) === name);
  for (const name of names('sql')) {
    const [now, then] = [pick(newer, 'sql', name), pick(older, 'sql', name)];
    if (!then) lines.push(`${now.path} is new`);
    else if (!now) lines.push(`${then.path} is gone`);
    else if (now.digest !== then.digest) lines.push(`${now.path} changed`);
  }
  for (const input of newer.inputs) {
    const before = older.inputs.find(one => one.source === input.source && one.variable === input.variable);
    if (before && before.digest !== input.digest) lines.push(`input ${input.variable} of ${input.source} changed: ${number(before.bytes)} to ${number(input.bytes)} bytes`);
  }
  if (newer.as_of !== older.as_of) lines.push(`as of ${older.as_of} to ${newer.as_of}`);
  for (const name of names('views')) {
    const [now, then] = [pick(newer, 'views', name), pick(older, 'views', name)];
    if (!now || !then) continue;
    if (now.rows !== then.rows) lines.push(`${name}: ${number(then.rows)} to ${number(now.rows)} rows`);
    const columns = view => view.columns.map(column => `${column.name} ${column.type}`);
    const [added, gone] = [columns(now).filter(one => !columns(then).includes(one)), columns(then).filter(one => !columns(now).includes(one))];
    if (added.length) lines.push(`${name} has new columns: ${added.join(', ')}`);
    if (gone.length) lines.push(`${name} lost columns: ${gone.join(', ')}`);
  }
  for (const name of names('models')) {
    const [now, then] = [pick(newer, 'models', name), pick(older, 'models', name)];
    if (!now || !then) continue;
    for (const figure of Object.keys(now.metrics)) {
      const change = now.metrics[figure] - then.metrics[figure];
      if (change) lines.push(`${name} ${figure}: ${number(then.metrics[figure])} to ${number(now.metrics[figure])}`);
    }
  }
  return lines;
}

/** What Prometheus reads, as [{name, labels, value}]. */
function samples(text) {
  return text.split('\n').filter(line => line && !line.startsWith('#')).map(line => {
    const [, name, labels = '', value] = line.match(/^([\w:]+)(?:\{(.*)\})? (\S+)/) ?? [];
    return {name, labels: Object.fromEntries([...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(match => [match[1], match[2]])), value: Number(value)};
  }).filter(sample => sample.name);
}

function metrics(found) {
  const sum = name => found.filter(one => one.name === name).reduce((all, one) => all + one.value, 0);
  const requests = sum('smew_http_request_duration_seconds_count');
  const memory = found.find(one => one.name === 'process_resident_memory_bytes')?.value;
  const drift = found.filter(one => one.name === 'smew_feature_drift_psi').toSorted((a, b) => b.value - a.value);
  return [
    figures([
      ['requests', number(requests), requests ? `mean ${number(1000 * sum('smew_http_request_duration_seconds_sum') / requests)} ms` : null],
      ['predictions', number(sum('smew_predictions_total'))],
      ['under way', number(sum('smew_http_requests_in_flight'))],
      memory ? ['memory', `${number(Math.round(memory / 1e6))} MB`] : null,
      ...found.filter(one => one.name === 'smew_online_rows').map(one => [`online rows of ${one.labels.name}`, number(one.value)]),
      ...found.filter(one => one.name === 'smew_feature_age_seconds').map(one => [`newest event of ${one.labels.view}`, `${number(Math.round(one.value / 86400))} days ago`]),
    ].filter(Boolean)),
    drift.length === 0 ? null : [h('h3', null, 'Drift'),
      h('p', {class: 'quiet'}, 'How far predictions of late are from what each model was learned from (PSI); above 0.25 a feature is another one than it was.'),
      table([{name: 'model'}, {name: 'feature'}, {name: 'PSI', type: 'DOUBLE'}, {name: 'says'}],
        drift.map(one => [one.labels.model, one.labels.feature, one.value,
          one.value > .25 ? h('span', {class: 'bad'}, 'drifted') : one.value > .1 ? h('span', {class: 'warn'}, 'moved') : 'as it was']), 'Drift')],
  ];
}

/** When each step of a run began and how long it took. */
function steps(run) {
  const end = Math.max(run.seconds, ...run.steps.map(step => step.began + step.seconds), .001);
  return h('ul', {class: 'bars steps'}, run.steps.map(step => h('li', null,
    h('span', null, step.name),
    svg('svg', {viewBox: '0 0 100 10', preserveAspectRatio: 'none', 'aria-hidden': 'true'},
      svg('rect', {x: 100 * step.began / end, y: 1, width: Math.max(.4, 100 * step.seconds / end), height: 8, fill: 'var(--accent)'})),
    h('span', {class: 'value'}, duration(step.seconds)), h('span', {class: 'quiet'}, step.result ?? ''))));
}

const EXITS = {0: 'published', 2: 'wrong SQL or settings', 3: 'not found', 4: 'data broke a rule', 5: 'not ready', 6: 'an outside service failed', 7: 'held back by a gate', 70: 'a bug of Smew'};

function outcome(run) {
  return h('span', {class: run.exit === 0 ? 'good' : 'bad'}, run.exit === 0 ? EXITS[0] : `failed: ${EXITS[run.exit] ?? 'stopped'} (exit ${run.exit})`);
}

/** One run: what went wrong with files and lines, and its steps. */
function told(run) {
  const file = where => where.match(/^sql\/\w+\/(.+)\.sql:\d+$/)?.[1];
  const places = run.problems.map(one => h('li', null,
    file(one.where) ? h('a', {href: `#/pipeline/${encodeURIComponent(file(one.where))}`}, one.where) : h('strong', null, one.where),
    one.detail === run.message ? null : `: ${one.detail}`));
  return h('section', {'aria-label': `Run of ${new Date(run.began).toLocaleString()}`},
    h('h3', null, `Run of ${new Date(run.began).toLocaleString()} `, outcome(run)),
    run.message && run.problems.every(one => one.detail === run.message || run.problems.length === 0) ? h('p', {class: 'problem'}, run.message) : null,
    places.length === 0 ? null : h('ul', null, places),
    run.steps.length === 0 ? h('p', {class: 'quiet'}, 'It ended before its first step.') : steps(run));
}

/** When the next run is due, and whether it came. */
function schedule(planned, newest) {
  if (!planned) return h('p', {class: 'quiet'}, 'No run is planned: ', h('code', null, 'smew run --every 24h'), ' or ', h('code', null, '--cron'), ' plans them.');
  const due = new Date(planned.next);
  const late = due < new Date() && !(newest && new Date(newest.began) >= due);
  return h('p', {class: late && Date.now() - due > 60_000 ? 'warn' : null}, late && Date.now() - due > 60_000
    ? ['The run of ', due.toLocaleString(), ' was planned (', h('code', null, planned.schedule), ') and has not ended yet, or smew run no longer runs.']
    : late ? ['A run is due now (', h('code', null, planned.schedule), ').'] : due < new Date() ? ['Planned by ', h('code', null, planned.schedule), '.']
    : ['Next run: ', due.toLocaleString(), ' (', h('code', null, planned.schedule), ').']);
}

async function log(place, signal) {
  const {runs, next: planned} = await get('runs', signal);
  const one = h('div', {'aria-live': 'polite'});
  const rows = runs.map(run => [new Date(run.began).toLocaleString(), duration(run.seconds), outcome(run), run.release ?? '', run.as_of,
    h('button', {type: 'button', 'aria-label': `Steps of the run of ${new Date(run.began).toLocaleString()}`, onclick: () => put(one, told(run))}, 'Steps')]);
  if (runs[0] && runs[0].exit !== 0) put(one, told(runs[0]));
  put(place, schedule(planned, runs[0]),
    runs.length === 0 ? next('No run was logged yet. In the folder of the project, type:', 'smew run')
      : table([{name: 'began'}, {name: 'took'}, {name: 'outcome'}, {name: 'release'}, {name: 'as of'}, {name: 'more'}], rows, 'Runs'), one);
  return JSON.stringify([runs.map(run => run.began), planned]);
}

export async function show(_, signal) {
  const {releases, current, served} = await get('releases', signal);
  const place = h('div', {'aria-live': 'polite'});
  const live = h('div');
  const logged = h('div');
  let shown = await log(logged, signal).catch(failed => {
    if (signal.aborted) throw failed;
    put(logged, problem(failed));
  });
  const compare = async (newer, older) => {
    const [now, then] = await Promise.all([get(`releases/${newer}`, signal), get(`releases/${older}`, signal)]);
    const lines = differences(now, then);
    put(place, h('h2', null, `What changed from ${older} to ${newer}`),
      lines.length === 0 ? h('p', null, 'Nothing that a release tells.') : h('ul', null, lines.map(line => h('li', null, line))));
  };
  const back = id => h('button', {type: 'button', onclick: async () => {
    if (!confirm(`Make release ${id} current? Servers follow at once.`)) return;
    try {
      await post('releases', {current: id});
      put(place, h('p', {role: 'status'}, `Release ${id} is current now.`));
    } catch (failed) {
      put(place, problem(failed));
    }
  }}, 'Make current');
  const rows = releases.map((release, i) => [
    release.id, release.held ? 'held back' : release.id === current ? 'current' : '', release.as_of, new Date(release.created).toLocaleString(),
    duration(total(release.timings)), release.models.map(head).join(', '),
    release.checks.filter(check => check.failing > 0).length === 0 ? 'passed' : `${release.checks.filter(check => check.failing > 0).length} failed`,
    h('span', {class: 'row'},
      i + 1 < releases.length ? h('button', {type: 'button', 'aria-label': `Changes of ${release.id}`, onclick: () => compare(release.id, releases[i + 1].id).catch(failed => put(place, problem(failed)))}, 'Changes') : null,
      h('a', {href: `releases/${release.id}`, 'aria-label': `JSON of ${release.id}`}, 'JSON'),
      hasToken() && release.id !== current ? back(release.id) : null)]);
  const measure = () => text('metrics').then(found => put(live, metrics(samples(found))), failed => put(live, problem(failed)));
  measure();
  const timer = setInterval(async () => {
    measure();
    const found = await get('runs', signal).catch(() => null);
    if (found && JSON.stringify([found.runs.map(run => run.began), found.next]) !== shown) shown = await log(logged, signal).catch(() => shown);
  }, 5000);
  signal.addEventListener('abort', () => clearInterval(timer));
  return h('div', null,
    h('h1', null, 'Runs'), h('p', {class: 'quiet'}, 'What became of the newest runs. ', twin('runs')), logged,
    h('h2', null, 'Releases'), h('p', {class: 'quiet'}, served ? `Served: ${served}. ` : 'None is served. ', twin('releases')),
    releases.length === 0 ? null : table([{name: 'release'}, {name: 'state'}, {name: 'as of'}, {name: 'made'}, {name: 'took'}, {name: 'models'}, {name: 'checks'}, {name: 'more'}], rows, 'Releases'),
    place, h('h2', null, 'The server now'), live);
}
