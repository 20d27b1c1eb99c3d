// The releases of the store, what changed from one to the next, and what the server measures of itself.

import {get, hasToken, post, text} from './server.js';
import {figures, h, number, problem, put, twin} from './dom.js';
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
  const drift = found.filter(one => one.name.startsWith('smew_') && /psi|ks|drift/.test(one.name));
  return [
    figures([
      ['requests', number(requests), requests ? `mean ${number(1000 * sum('smew_http_request_duration_seconds_sum') / requests)} ms` : null],
      ['predictions', number(sum('smew_predictions_total'))],
      ['under way', number(sum('smew_http_requests_in_flight'))],
      memory ? ['memory', `${number(Math.round(memory / 1e6))} MB`] : null,
      ...found.filter(one => one.name === 'smew_online_rows').map(one => [`online rows of ${one.labels.name}`, number(one.value)]),
      ...found.filter(one => one.name === 'smew_feature_age_seconds').map(one => [`newest event of ${one.labels.view}`, `${number(Math.round(one.value / 86400))} days ago`]),
    ].filter(Boolean)),
    drift.length === 0 ? null : [h('h3', null, 'Drift'), table([{name: 'metric'}, {name: 'of'}, {name: 'value', type: 'DOUBLE'}],
      drift.map(one => [one.name, Object.values(one.labels).join(' '), one.value]), 'Drift')],
  ];
}

export async function show(_, signal) {
  const {releases, current, served} = await get('releases', signal);
  const place = h('div', {'aria-live': 'polite'});
  const live = h('div');
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
    `${number(total(release.timings))} s`, release.models.map(head).join(', '),
    release.checks.filter(check => check.failing > 0).length === 0 ? 'passed' : `${release.checks.filter(check => check.failing > 0).length} failed`,
    h('span', {class: 'row'},
      i + 1 < releases.length ? h('button', {type: 'button', 'aria-label': `Changes of ${release.id}`, onclick: () => compare(release.id, releases[i + 1].id).catch(failed => put(place, problem(failed)))}, 'Changes') : null,
      h('a', {href: `releases/${release.id}`, 'aria-label': `JSON of ${release.id}`}, 'JSON'),
      hasToken() && release.id !== current ? back(release.id) : null)]);
  const measure = () => text('metrics').then(found => put(live, metrics(samples(found))), failed => put(live, problem(failed)));
  measure();
  const timer = setInterval(measure, 5000);
  signal.addEventListener('abort', () => clearInterval(timer));
  return h('div', null,
    h('h1', null, 'Runs'), h('p', {class: 'quiet'}, `Served: ${served}. `, twin('releases')),
    table([{name: 'release'}, {name: 'state'}, {name: 'as of'}, {name: 'made'}, {name: 'took'}, {name: 'models'}, {name: 'checks'}, {name: 'more'}], rows, 'Releases'),
    place, h('h2', null, 'The server now'), live);
}
