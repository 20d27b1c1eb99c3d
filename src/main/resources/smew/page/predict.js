// One entity: what the model says of it and why, what it would say otherwise, and what was known of it before.

import {get, post, quoted, sql} from './server.js';
import {figures, h, number, percent, problem, put, steps, svg, twin} from './dom.js';
import {table} from './table.js';

const WAIT_MILLIS = 250;

/** The probability on a line, and where the decision falls. */
function gauge(card, prediction) {
  if (prediction.probability === undefined) return null;
  const value = card.positive ? prediction.probabilities[card.positive] : prediction.probability;
  const threshold = card.threshold?.value;
  const says = `Probability ${percent(value)}${threshold === undefined ? '' : `, threshold ${percent(threshold)}`}`;
  return svg('svg', {class: 'gauge', viewBox: '0 0 1000 40', preserveAspectRatio: 'none', role: 'img', 'aria-label': says},
    svg('rect', {x: 0, y: 12, width: 1000, height: 16, fill: 'var(--line)'}),
    svg('rect', {x: 0, y: 12, width: 1000 * value, height: 16, fill: 'var(--accent)'}),
    threshold === undefined ? null : svg('rect', {x: 1000 * threshold - 2, y: 4, width: 4, height: 32, fill: 'var(--up)'}));
}

const outcome = (card, prediction) => figures([
  ['prediction', card.classes.length > 0 ? String(prediction.prediction) : number(prediction.prediction)],
  prediction.probability === undefined ? null : [card.positive ? `probability of ${card.positive}` : 'probability',
    percent(card.positive ? prediction.probabilities[card.positive] : prediction.probability),
    card.threshold ? `positive from ${percent(card.threshold.value)}` : null],
  ['event time', prediction.time ?? 'none'],
].filter(Boolean));

/** From what the model says of anybody to what it says of this one, the strongest reason first. */
function waterfall(prediction) {
  const {explanation, features} = prediction;
  if (!explanation) return null;
  const parts = Object.entries(explanation.contributions).toSorted((a, b) => Math.abs(b[1]) - Math.abs(a[1]));
  const says = value => typeof value === 'number' ? number(value) : String(value);
  return [h('p', {class: 'quiet'}, `Of anybody it says ${number(explanation.baseline)}, of this one ${number(explanation.value)} (${explanation.explains}); each input moves it by so much.`),
    steps(explanation.baseline, parts.map(([name, value]) => ({name: `${name} = ${says(features[name])}`, value})))];
}

function field(card, input, value, changed) {
  const seen = card.training?.inputs.find(one => one.name === input.name);
  const put = value === null || value === undefined ? '' : String(value);
  if (input.type === 'boolean' || typeof value === 'boolean') {
    return h('select', {onchange: event => changed(event.target.value === '' ? null : event.target.value === 'true')},
      ['', 'true', 'false'].map(one => h('option', {value: one, selected: one === put}, one || 'null')));
  }
  if (input.levels.length > 0) {
    const levels = input.levels.includes(put) || put === '' ? input.levels : [put, ...input.levels];
    return h('select', {onchange: event => changed(event.target.value || null)},
      h('option', {value: '', selected: put === ''}, 'null'), levels.map(level => h('option', {value: level, selected: level === put}, level)));
  }
  const box = h('input', {type: 'number', step: 'any', value: put, 'aria-label': input.name, oninput: () => {
    changed(box.value === '' ? null : Number(box.value));
    if (box.value !== '') slider.value = box.value;
  }});
  const edges = seen?.edges ?? [];
  const [low, high] = [Math.min(edges[0] ?? 0, Number(put) || 0), Math.max(edges.at(-1) ?? 1, Number(put) || 0)];
  const whole = Number.isInteger(low) && Number.isInteger(high) && edges.every(Number.isInteger) && Number.isInteger(Number(put));
  const slider = h('input', {type: 'range', min: low, max: high, step: whole ? 1 : (high - low) / 200 || 'any', value: put || low, 'aria-label': `${input.name}, slider`, oninput: () => {
    box.value = slider.value;
    changed(Number(slider.value));
  }});
  return [box, edges.length > 1 ? slider : null];
}

function whatIf(card, prediction, path, signal) {
  const changes = new Map();
  const place = h('div', {'aria-live': 'polite'});
  let timer = 0;
  let asked = null;
  async function ask() {
    asked?.abort();
    asked = new AbortController();
    signal.addEventListener('abort', () => asked.abort());
    if (changes.size === 0) {
      put(place, h('p', {class: 'quiet'}, 'Change a feature to see what the model would say.'));
      return;
    }
    try {
      const other = await post(`${path}?explain=true`, {features: Object.fromEntries(changes)}, asked.signal);
      put(place, outcome(card, other), gauge(card, other), waterfall(other));
    } catch (failed) {
      if (failed.name !== 'AbortError') put(place, problem(failed));
    }
  }
  const fields = card.inputs.map(input => {
    const before = prediction.features[input.name];
    const label = h('label', {title: input.description}, input.name, field(card, input, before, value => {
      if (value === before) changes.delete(input.name);
      else changes.set(input.name, value);
      label.classList.toggle('changed', changes.has(input.name));
      clearTimeout(timer);
      timer = setTimeout(ask, WAIT_MILLIS);
    }));
    return label;
  });
  ask();
  return h('section', {'aria-label': 'What if'}, h('h2', null, 'What if'), h('div', {class: 'split'}, h('div', {class: 'whatif'}, fields), place));
}

/** What the feature views have of the entity, the newest first. */
async function history(card, id, signal) {
  const release = await get('releases/current', signal);
  const model = release.sql.find(file => file.kind === 'model' && file.name === card.name);
  const views = release.views.filter(view => model?.reads.includes(view.name) && view.time.length > 0 && view.entity.length === card.entity.length);
  const parts = Array.isArray(id) ? id : [id];
  const found = await Promise.all(views.map(async view => {
    const where = view.entity.map(column => `${quoted(column)} = ?`).join(' AND ');
    const order = view.time.map(column => `${quoted(column)} DESC`).join(', ');
    return [view, await sql(`SELECT * FROM ${quoted(view.name)} WHERE ${where} ORDER BY ${order} LIMIT 200`, parts, 200, signal)];
  }));
  return found.map(([view, rows]) => [h('h3', null, view.name), table(rows.columns.map(column => ({...column, exact: view.entity.includes(column.name)})), rows.rows, `History in ${view.name}`)]);
}

async function one(card, key, signal) {
  const path = `models/${encodeURIComponent(card.name)}/predictions/${key}`;
  const prediction = await get(`${path}?explain=true`, signal).catch(failed => {
    // A backend that may answer otherwise has no reasons.
    if (failed.status === 400) return get(path, signal);
    throw failed;
  });
  const command = `curl ${location.origin}/${path}`;
  const copy = h('button', {type: 'button', onclick: () => navigator.clipboard.writeText(command).then(() => { copy.textContent = 'Copied'; })}, 'Copy as curl');
  const past = h('div', null, h('p', {class: 'quiet'}, 'Looking …'));
  history(card, prediction.id, signal).then(parts => put(past, parts.length ? parts : h('p', null, 'Its feature views keep no history.')),
    failed => signal.aborted || put(past, problem(failed)));
  return [
    outcome(card, prediction), gauge(card, prediction),
    h('p', {class: 'row'}, copy, h('code', null, command), twin(path)),
    h('div', {class: 'split'},
      h('section', {'aria-label': 'Reasons'}, h('h2', null, 'Why'), waterfall(prediction) ?? h('p', null, 'The backend gives no reasons.')),
      h('section', {'aria-label': 'Features'}, h('h2', null, 'Features'), table([{name: 'feature'}, {name: 'value'}], Object.entries(prediction.features), 'Features'))),
    whatIf(card, prediction, path, signal),
    h('section', {'aria-label': 'History'}, h('h2', null, 'History'), past),
  ];
}

async function some(card, signal) {
  const release = await get('releases/current', signal);
  const view = release.views.find(one => one.entity.join() === card.entity.join());
  if (!view) return [];
  const {rows} = await sql(`SELECT ${card.entity.map(quoted).join(', ')} FROM ${quoted(`latest_${view.name}`)} ORDER BY ALL LIMIT 12`, [], 12, signal);
  return rows.map(row => row.map(part => encodeURIComponent(String(part))).join(','));
}

export async function show({path: [key, name]}, signal) {
  const {models, default: usual} = await get('models', signal);
  if (models.length === 0) return h('div', null, h('h1', null, 'Predict'), h('p', null, 'This release has no model: it was made with --features-only.'));
  const card = models.find(model => model.name === name) ?? models.find(model => model.name === usual) ?? models[0];
  const input = h('input', {name: 'id', required: true, autocomplete: 'off', value: key ?? ''});
  const ids = await some(card, signal).catch(() => []);
  const go = event => {
    event.preventDefault();
    const parts = card.entity.length > 1 ? input.value.split(',') : [input.value];
    location.hash = `#/predict/${encodeURIComponent(parts.map(encodeURIComponent).join(','))}/${encodeURIComponent(card.name)}`;
  };
  const place = h('div');
  if (key) {
    input.value = key.split(',').map(decodeURIComponent).join(',');
    put(place, await one(card, key, signal).catch(failed => {
      if (signal.aborted) throw failed;
      return problem(failed);
    }));
  }
  return h('div', null,
    h('h1', null, 'Predict'),
    h('form', {class: 'row', onsubmit: go}, h('label', null, card.entity.join(', ') || 'id', input), h('button', {class: 'main'}, 'Predict'),
      models.length > 1 ? h('label', null, 'Model', h('select', {onchange: event => {
        location.hash = `#/predict/${encodeURIComponent(key ?? '')}/${encodeURIComponent(event.target.value)}`;
      }}, models.map(model => h('option', {value: model.name, selected: model === card}, model.name)))) : null),
    key || ids.length === 0 ? null : h('p', null, 'Such as ', ids.map((id, i) => [i ? ', ' : '', h('a', {href: `#/predict/${encodeURIComponent(id)}/${encodeURIComponent(card.name)}`}, decodeURIComponent(id))]), '.'),
    place);
}
